package dev.billingexport.ledger;

import dev.billingexport.session.Period;

/**
 * Identifies a run: every launch with the same key continues the same run.
 *
 * @param export the export's name
 * @param scope fingerprint of the scope
 * @param revision from 1; each rerun of a delivered period has the next number
 */
public record RunKey(String export, Period period, String scope, int revision) {}
