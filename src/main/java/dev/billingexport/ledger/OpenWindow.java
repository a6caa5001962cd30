package dev.billingexport.ledger;

import dev.billingexport.session.Window;

/**
 * A window whose listing is not confirmed yet, or whose sessions lack details.
 *
 * @param listings how often it was read from end to end so far
 */
public record OpenWindow(Window window, int listings) {}
