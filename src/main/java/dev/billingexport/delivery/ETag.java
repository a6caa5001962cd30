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
 * What S3 calls an object: the MD5 of one in one piece, the MD5 of its parts' sums and their number for another. A store
 * that encrypts with its own keys, or that is none of Amazon's, may call it otherwise: then it proves nothing.
 *
 * @param value lower-case hexadecimal, without quotes
 */
record ETag(String value) {

    /** That of a file which is sent in parts of a size, the last one aside, or in one piece where it is no larger. */
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

    /** Whether a store calls an object so: in quotes or not, in whatever case, weak or not. */
    boolean isSeenAs(String seen) {
        return strong(seen).replace("\"", "").toLowerCase(Locale.ROOT).equals(value);
    }

    /** What can be asked for with {@code If-Match}: a proxy that calls an ETag weak would never find it again. */
    static String strong(String seen) {
        return seen.startsWith("W/") ? seen.substring(2) : seen;
    }

    /** For the header {@code Content-MD5}, by which a store checks what it takes. */
    static String contentMd5(byte[] content, int length) {
        return Base64.getEncoder().encodeToString(sum(content, length));
    }

    /** The same of a file in one piece. */
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
