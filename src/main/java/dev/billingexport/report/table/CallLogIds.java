package dev.billingexport.report.table;

import dev.billingexport.session.CallDetail;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Collects the {@code call_log_id}s of a period, to find those that several call details share. Stores eight bytes of
 * each: ten million take about 100 MB. Not thread-safe.
 */
final class CallLogIds {

    /** Many small arrays instead of a large one, so that growing never needs twice the memory. */
    private static final int BUCKETS = 256;

    private static final int FIRST_SIZE = 16;

    private final CallLogIdHash hash = new CallLogIdHash();
    private final long[][] buckets = new long[BUCKETS][FIRST_SIZE];
    private final int[] sizes = new int[BUCKETS];

    void add(List<CallDetail> details) {
        for (CallDetail detail : details) {
            if (CallLogIdHash.isKnown(detail.callLogId())) {
                add(hash.of(detail.callLogId()));
            }
        }
    }

    private void add(long hash) {
        // The highest byte, in the order of signed numbers.
        int bucket = (int) (hash >> 56) + BUCKETS / 2;
        if (sizes[bucket] == buckets[bucket].length) {
            buckets[bucket] = Arrays.copyOf(buckets[bucket], sizes[bucket] * 3 / 2);
        }
        buckets[bucket][sizes[bucket]++] = hash;
    }

    /** Returns the ids that were added more than once. */
    RepeatedCallLogIds repeated() {
        LongStream.Builder repeated = LongStream.builder();
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            long[] hashes = buckets[bucket];
            Arrays.sort(hashes, 0, sizes[bucket]);
            for (int i = 1; i < sizes[bucket]; i++) {
                boolean isSecond = hashes[i] == hashes[i - 1] && (i == 1 || hashes[i] != hashes[i - 2]);
                if (isSecond) {
                    repeated.add(hashes[i]);
                }
            }
        }
        return new RepeatedCallLogIds(repeated.build().toArray());
    }
}
