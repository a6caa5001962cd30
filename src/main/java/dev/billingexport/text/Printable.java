package dev.billingexport.text;

import java.util.regex.Pattern;

/**
 * Makes text from outside (file names, ids, messages of an API or a store) safe for a terminal or a log: one line,
 * without characters that move the cursor, are invisible or change the direction of the text beside them. This rule has
 * no other place.
 */
public final class Printable {

    /**
     * Control, format (direction, joiner, zero width), surrogate, private-use and unassigned characters, line
     * separators, and letters and marks without width.
     */
    private static final Pattern UNPRINTABLE = Pattern.compile(
            "[\\p{C}\\p{Zl}\\p{Zp}\\u034F\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180F\\u3164\\uFE00-\\uFE0F\\uFFA0"
                    + "\\x{E0100}-\\x{E01EF}]");

    private Printable() {}

    /**
     * Returns the text in one line. Unprintable characters are escaped as in Java and JSON, such as {@code \\u001b} or
     * {@code \\n}.
     */
    public static String escaped(String text) {
        return UNPRINTABLE
                .matcher(text)
                .replaceAll(found -> escape(found.group()).replace("\\", "\\\\"));
    }

    /** As {@link #escaped(String)}, cut to a number of characters; the cut is marked. */
    public static String escaped(String text, int maxLength) {
        String line = escaped(text);
        return line.codePointCount(0, line.length()) <= maxLength
                ? line
                : line.substring(0, line.offsetByCodePoints(0, maxLength)) + "…";
    }

    private static String escape(String character) {
        return switch (character) {
            case "\n" -> "\\n";
            case "\r" -> "\\r";
            case "\t" -> "\\t";
            default -> {
                StringBuilder units = new StringBuilder();
                character.chars().forEach(unit -> units.append("\\u%04x".formatted(unit)));
                yield units.toString();
            }
        };
    }
}
