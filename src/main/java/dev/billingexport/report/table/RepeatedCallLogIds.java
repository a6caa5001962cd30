package dev.billingexport.report.table;

import dev.billingexport.session.CallDetail;
import java.util.Arrays;
import java.util.List;

/**
 * The {@code call_log_id}s that several call details of a period share, within a session or across sessions.
 * Thread-safe.
 */
final class RepeatedCallLogIds {

    static final RepeatedCallLogIds NONE = new RepeatedCallLogIds(new long[0]);

    private final long[] hashes;

    /** @param hashes from {@link CallLogIdHash}, sorted */
    RepeatedCallLogIds(long[] hashes) {
        this.hashes = hashes;
    }

    boolean isEmpty() {
        return hashes.length == 0;
    }

    /** Returns those of a session's call details whose id is shared with another one of the period. */
    List<CallDetail> among(List<CallDetail> details) {
        if (isEmpty()) {
            return List.of();
        }
        CallLogIdHash hash = new CallLogIdHash();
        return details.stream()
                .filter(detail -> CallLogIdHash.isKnown(detail.callLogId()))
                .filter(detail -> Arrays.binarySearch(hashes, hash.of(detail.callLogId())) >= 0)
                .toList();
    }
}
