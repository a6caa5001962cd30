package dev.billingexport.ledger;

import java.util.Set;

/**
 * What one complete reading of a window brought.
 *
 * @param sessionIds every session that was listed in the window
 * @param news how many of them were new to the ledger or differed from what it had
 */
public record Listing(Set<String> sessionIds, long news) {}
