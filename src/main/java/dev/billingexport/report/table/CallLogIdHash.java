package dev.billingexport.report.table;

import dev.billingexport.files.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * The first eight bytes of the SHA-256 of a {@code call_log_id}. Among ten million ids, the chance that any two share a
 * hash is one in 370,000; it would be one finding too many and change no amount. Not thread-safe.
 */
final class CallLogIdHash {

    private final MessageDigest digest = Sha256.digest();

    /** Whether it names a call detail: what is blank names none. */
    static boolean isKnown(@Nullable String callLogId) {
        return callLogId != null && !callLogId.isBlank();
    }

    long of(@Nullable String callLogId) {
        byte[] bytes = String.valueOf(callLogId).getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.wrap(digest.digest(bytes)).getLong();
    }
}
