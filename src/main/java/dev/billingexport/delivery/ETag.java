package dev.billingexport.delivery;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;

/**
 * The ETag that S3 gives an object: the MD5 of an object stored in one request; for an object stored in parts, the MD5
 * of the parts' MD5 sums and their number. A store that encrypts with its own keys, or isn't Amazon's, may use other
 * ETags, which prove nothing.
 *
 * @param value lower-case hexadecimal, without quotes
 */
record ETag(String value) {

    /** Returns the ETag of a file that is sent in parts of the given size, or in one request where it is no larger. */
    static ETag of(Path file, int partSize) throws IOException {
        MessageDigest sums = md5();
        byte[] sum = md5().digest();
        int parts = 0;
        byte[] buffer = new byte[(int) Math.min(partSize, Math.max(1, Files.size(file)))];
        try (InputStream in = Files.newInputStream(file)) {
            for (int filled = in.readNBytes(buffer, 0, buffer.length);
                    filled > 0;
                    filled = in.readNBytes(buffer, 0, buffer.length)) {
                sum = sum(buffer, filled);
                sums.update(sum);
                parts++;
            }
        }
        HexFormat hex = HexFormat.of();
        return new ETag(parts <= 1 ? hex.formatHex(sum) : hex.formatHex(sums.digest()) + "-" + parts);
    }

    /** Returns whether a store's ETag is this one, whether quoted or not, in any case, weak or not. */
    boolean isSeenAs(String seen) {
        return strong(seen).replace("\"", "").toLowerCase(Locale.ROOT).equals(value);
    }

    /** Returns an ETag for {@code If-Match}. A proxy may mark an ETag as weak, and a weak one never matches. */
    static String strong(String seen) {
        return seen.startsWith("W/") ? seen.substring(2) : seen;
    }

    /** Returns the value of the header {@code Content-MD5}, by which a store checks what it receives. */
    static String contentMd5(byte[] content, int length) {
        return Base64.getEncoder().encodeToString(sum(content, length));
    }

    /** Returns this ETag's value of {@code Content-MD5}, for a file sent in one request. */
    String contentMd5() {
        return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(value));
    }

    private static byte[] sum(byte[] content, int length) {
        MessageDigest digest = md5();
        digest.update(content, 0, length);
        return digest.digest();
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has MD5", e);
        }
    }
}
