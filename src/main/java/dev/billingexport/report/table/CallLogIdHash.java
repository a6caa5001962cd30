package dev.billingexport.report.table;

import dev.billingexport.files.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * The first eight bytes of the SHA-256 of a {@code call_log_id}. Among ten million ids, the probability that any two
 * share a hash is 1 in 370,000. Such a pair would add one wrong finding and change no amount. Not thread-safe.
 */
final class CallLogIdHash {

    private final MessageDigest digest = Sha256.digest();

    /** Returns whether an id identifies a call detail. A blank one doesn't. */
    static boolean isKnown(@Nullable String callLogId) {
        return callLogId != null && !callLogId.isBlank();
    }

    long of(@Nullable String callLogId) {
        byte[] bytes = String.valueOf(callLogId).getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.wrap(digest.digest(bytes)).getLong();
    }
}
