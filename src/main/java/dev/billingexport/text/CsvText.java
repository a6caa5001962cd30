package dev.billingexport.text;

import java.text.Normalizer;
import java.util.regex.Pattern;

/**
 * Text as a CSV file holds it. Two characters are replaced by U+FFFD: unpaired surrogates, which UTF-8 can't encode,
 * and U+0000, which many programs drop or treat as the end. A text that a spreadsheet could execute as a formula gets a
 * mark.
 */
public final class CsvText {

    private static final char REPLACEMENT = '\uFFFD';
    private static final char MARK = '\'';
    private static final String FORMULA_STARTS = "=+-@";

    /** Signed numbers with the separators of any country and an exponent. No phone number matches. */
    private static final Pattern SIGNED_NUMBER = Pattern.compile(
            "[+-](([0-9]{1,3}(['\u2019 \u00A0\u202F][0-9]{3})+|[0-9]+)([.,][0-9]+)*[.,]?|[.,][0-9]+)([eE][+-]?[0-9]+)?");

    /** A number as exports write it, of limited length. */
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,1000}(\\.[0-9]{1,1000})?");

    private CsvText() {}

    /** Returns whether a text is a number as an export writes it, with a decimal point. */
    public static boolean isNumber(String text) {
        return NUMBER.matcher(text).matches();
    }

    /** Returns the text with unsupported characters replaced. */
    public static String kept(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || Character.isSurrogate(c)) {
                return replaced(text);
            }
        }
        return text;
    }

    private static String replaced(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> c == 0 || c <= Character.MAX_SURROGATE && c >= Character.MIN_SURROGATE ? REPLACEMENT : c)
                .forEach(kept::appendCodePoint);
        return kept.toString();
    }

    /** Returns a {@link #kept} text, with a mark where a spreadsheet might execute it. */
    public static String guarded(String text) {
        return looksLikeFormula(text) && !SIGNED_NUMBER.matcher(text.strip()).matches() ? MARK + text : text;
    }

    /**
     * Returns a text without the mark of the formula guard, including marks of earlier versions, which marked more
     * numbers.
     */
    public static String unguarded(String text) {
        return !text.isEmpty() && text.charAt(0) == MARK && looksLikeFormula(text.substring(1))
                ? text.substring(1)
                : text;
    }

    /**
     * Skips blank and invisible characters first, because spreadsheets skip different ones before a formula:
     * LibreOffice U+0000, others spaces and byte order marks. A Japanese Excel also accepts full-width signs.
     */
    private static boolean looksLikeFormula(String text) {
        if (text.isEmpty()) {
            return false;
        }
        char first = text.charAt(0);
        if (first == '\t' || first == '\r') {
            return true;
        }
        int i = 0;
        while (i < text.length() && isSkipped(text.codePointAt(i))) {
            i += Character.charCount(text.codePointAt(i));
        }
        return i < text.length() && isStart(text.charAt(i));
    }

    private static boolean isSkipped(int c) {
        return c <= ' '
                || c > '~'
                        && (Character.isISOControl(c)
                                || Character.isSpaceChar(c)
                                || Character.getType(c) == Character.FORMAT);
    }

    private static boolean isStart(char c) {
        return FORMULA_STARTS.indexOf(c) >= 0
                || c > '~' && FORMULA_STARTS.contains(Normalizer.normalize(String.valueOf(c), Normalizer.Form.NFKC));
    }
}
