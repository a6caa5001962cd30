package dev.billingexport.report;

import dev.billingexport.files.Sha256;
import dev.billingexport.session.Share;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * What the workbook of a share is called: {@code by-user_id/U-1001.xlsx}. No two values have the same name, and none
 * leads out of its folder. Values are percent-encoded, so a {@code %} that no two hexadecimal digits follow marks a name
 * that is none: that of the sessions without a value, and a value too long for a file's name, which is cut and goes on
 * with the SHA-256 of all of it. Names that Windows keeps for devices, whatever their ending, have their first letter
 * encoded, too.
 */
final class ShareFile {

    static final String NONE = "%none";

    /** File systems take 255 bytes, of which some are for the ending and for names while a file is written. */
    private static final int LIMIT = 200;

    /** Microsoft's "Naming Files, Paths, and Namespaces". What else it lists has a character that is encoded anyway. */
    private static final Pattern DEVICE =
            Pattern.compile("(CON|PRN|AUX|NUL|COM[0-9]|LPT[0-9])", Pattern.CASE_INSENSITIVE);

    private static final String HASHED = "%-";
    private static final int HASH = 64;

    private ShareFile() {}

    static String name(Share share) {
        return name(share.by().code(), share.value());
    }

    /** @param field as in the name of the folder */
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

    /** As UTF-8 has them. Half a surrogate pair, which it can't hold, gets bytes of the same pattern, not one name for all. */
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
