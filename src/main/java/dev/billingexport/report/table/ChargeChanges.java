package dev.billingexport.report.table;

import java.util.List;

/**
 * Changes of the charges between two revisions.
 *
 * @param total by currency, including unchanged ones; empty where neither revision is rated
 * @param payers the payers whose charges differ: customers where both revisions have them, else users
 */
public record ChargeChanges(List<ChargeChange> total, List<ChargeChange> payers) {

    /** Returns whether all charges are equal. */
    public boolean isEmpty() {
        return payers.isEmpty()
                && total.stream().allMatch(change -> change.difference().signum() == 0);
    }
}
