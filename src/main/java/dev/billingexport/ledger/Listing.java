package dev.billingexport.ledger;

import dev.billingexport.session.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What one complete reading of a window brought.
 *
 * @param sessionIds every session that was listed in the window
 * @param flawed what was listed and is no session that can be kept: a problem each
 * @param added how many of them were new to the ledger
 * @param changed those that differed from what it had
 * @param at when it was begun
 */
public record Listing(Set<String> sessionIds, List<Problem> flawed, long added, Set<String> changed, Instant at) {}
