package dev.billingexport.ledger;

import org.jspecify.annotations.Nullable;

/**
 * A window that was handed to the workers.
 *
 * @param stepExecution the number of the execution that it is worked on by
 * @param status that of the execution, in Spring Batch's words
 * @param sessions how many this execution has put into the ledger
 * @param worker the number of the worker that took it last; null where none has
 * @param atWork whether that worker was seen of late
 * @param failure why it failed; null where it has not
 */
public record HandedWindow(
        long stepExecution,
        String name,
        String status,
        long sessions,
        @Nullable Long worker,
        boolean atWork,
        @Nullable String failure) {

    /** Returns whether somebody has begun to work on it, and it has not ended. */
    public boolean isBegun() {
        return status.equals("STARTED");
    }
}
