package dev.billingexport.ledger;

import dev.billingexport.session.Period;

/**
 * What identifies a run: the same key is the same run, however often it has to be launched.
 *
 * @param export the export's name
 * @param scope the fingerprint of the scope that it lists under
 * @param revision from 1; every rerun of a delivered period is the next one
 */
public record RunKey(String export, Period period, String scope, int revision) {}
