package dev.billingexport.ledger;

import dev.billingexport.session.Window;

/**
 * A window whose listing is not confirmed yet, or whose sessions lack details.
 *
 * @param listings how often it was read completely
 */
public record OpenWindow(Window window, int listings) {}
