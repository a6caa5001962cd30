package dev.billingexport.text;

import java.util.regex.Pattern;

/**
 * Words from outside (file names, ids, messages of an API or a store) as a terminal or a log can show them: in one line,
 * and with nothing that moves the cursor, hides or turns around what stands beside it. The rule is here alone.
 */
public final class Printable {

    /**
     * Control, format (directions, joiners, zero width), surrogate, private and unassigned characters, what breaks lines, and
     * the letters and marks that have no width.
     */
    private static final Pattern UNPRINTABLE = Pattern.compile(
            "[\\p{C}\\p{Zl}\\p{Zp}\\u034F\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180F\\u3164\\uFE00-\\uFE0F\\uFFA0"
                    + "\\x{E0100}-\\x{E01EF}]");

    private Printable() {}

    /** The text in one line, with what can't be shown written as Java and JSON have it, such as {@code \\u001b} or {@code \\n}. */
    public static String escaped(String text) {
        return UNPRINTABLE
                .matcher(text)
                .replaceAll(found -> escape(found.group()).replace("\\", "\\\\"));
    }

    /** The same, cut to a number of characters where it is longer; the cut shows. */
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
