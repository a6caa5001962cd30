package dev.billingexport.report.table;

import java.util.List;

/**
 * How charges changed between two revisions.
 *
 * @param total by currency, also where nothing changed; empty where neither is rated
 * @param payers whose charges differ: customers where both revisions have them, else users
 */
public record ChargeChanges(List<ChargeChange> total, List<ChargeChange> payers) {

    /** Whether all charges are the same. */
    public boolean isEmpty() {
        return payers.isEmpty()
                && total.stream().allMatch(change -> change.difference().signum() == 0);
    }
}
