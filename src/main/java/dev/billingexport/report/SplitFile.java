package dev.billingexport.report;

import dev.billingexport.files.Sha256;
import dev.billingexport.session.Split;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The file name of a split's workbook: {@code by-user_id/U-1001.xlsx}. Different values have different names, and none
 * leads out of its folder. Values are percent-encoded. A {@code %} without two hexadecimal digits after it marks
 * special names: that of the sessions without a value, and those of values that are too long, which are cut and
 * followed by the SHA-256 of the whole value. In names that Windows reserves for devices, with any suffix, the first
 * letter is encoded too.
 */
final class SplitFile {

    static final String NONE = "%none";

    /** File systems allow 255 bytes, some of which are needed for the suffix and for temporary names. */
    private static final int LIMIT = 200;

    /**
     * Microsoft's "Naming Files, Paths, and Namespaces". Other names listed there have a character that is encoded
     * anyway.
     */
    private static final Pattern DEVICE =
            Pattern.compile("(CON|PRN|AUX|NUL|COM[0-9]|LPT[0-9])", Pattern.CASE_INSENSITIVE);

    private static final String HASHED = "%-";
    private static final int HASH = 64;

    private SplitFile() {}

    static String name(Split split) {
        return name(split.by().code(), split.value());
    }

    /** @param field as in the folder's name */
    static String name(String field, String value) {
        return "by-" + field + "/" + (value.isEmpty() ? NONE : plain(value)) + ".xlsx";
    }

    private static String plain(String value) {
        String encoded = encoded(value);
        if (encoded.length() <= LIMIT) {
            return encoded;
        }
        int cut = LIMIT - HASHED.length() - HASH;
        int escape = encoded.lastIndexOf('%', cut - 1);
        return encoded.substring(0, escape >= 0 && escape > cut - 3 ? escape : cut) + HASHED + sha256(encoded);
    }

    private static String encoded(String value) {
        StringBuilder encoded = new StringBuilder(value.length());
        HexFormat hex = HexFormat.of().withUpperCase().withPrefix("%");
        boolean device = DEVICE.matcher(value).matches();
        value.codePoints().forEach(codePoint -> {
            if (isPlain(codePoint) && !(device && encoded.isEmpty())) {
                encoded.appendCodePoint(codePoint);
            } else {
                encoded.append(hex.formatHex(bytes(codePoint)));
            }
        });
        return encoded.toString();
    }

    private static boolean isPlain(int codePoint) {
        return codePoint >= 'A' && codePoint <= 'Z'
                || codePoint >= 'a' && codePoint <= 'z'
                || codePoint >= '0' && codePoint <= '9'
                || codePoint == '_'
                || codePoint == '-';
    }

    /**
     * The bytes of UTF-8. An unpaired surrogate, which UTF-8 can't encode, gets bytes of the same pattern, so that
     * different ones have different names.
     */
    private static byte[] bytes(int codePoint) {
        boolean half = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
        return half
                ? new byte[] {
                    (byte) (0xE0 | codePoint >> 12),
                    (byte) (0x80 | codePoint >> 6 & 0x3F),
                    (byte) (0x80 | codePoint & 0x3F)
                }
                : Character.toString(codePoint).getBytes(StandardCharsets.UTF_8);
    }

    private static String sha256(String encoded) {
        MessageDigest digest = Sha256.digest();
        return HexFormat.of().formatHex(digest.digest(encoded.getBytes(StandardCharsets.US_ASCII)));
    }
}
