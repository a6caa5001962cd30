package dev.billingexport.report.xlsx;

import java.util.regex.Pattern;
import org.apache.poi.ss.SpreadsheetVersion;

/**
 * Text as a workbook's cell can hold it. Characters that it can't hold are visibly replaced, and text that is too long
 * is visibly cut.
 */
final class CellText {

    static final int LIMIT = SpreadsheetVersion.EXCEL2007.getMaxTextLength();
    static final String CUT = "… [cut]";

    private static final char REPLACEMENT = '\uFFFD';
    /** Text that a workbook's reader would take for an escaped character. Its underscore must itself be escaped. */
    private static final Pattern ESCAPE = Pattern.compile("_x[0-9A-Fa-f]{4}_");

    private static final String ESCAPED_UNDERSCORE = "_x005F_";

    private CellText() {}

    /** Returns the text to store so that a cell reads back as the original. */
    static String of(String text) {
        return isPlain(text) ? text : escaped(text);
    }

    /** Returns whether the text needs no escaping. True for nearly all texts. */
    private static boolean isPlain(String text) {
        if (text.length() > LIMIT) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20 || c >= Character.MIN_SURROGATE || c == '_') {
                return false;
            }
        }
        return true;
    }

    private static String escaped(String text) {
        StringBuilder cell = new StringBuilder(Math.min(text.length(), LIMIT + 1));
        int cut = 0;
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            if (codePoint == '_'
                    && ESCAPE.matcher(text).region(i, text.length()).lookingAt()) {
                cell.append(ESCAPED_UNDERSCORE);
            } else {
                cell.appendCodePoint(isXml(codePoint) ? codePoint : REPLACEMENT);
            }
            i += Character.charCount(codePoint);
            if (cell.length() <= LIMIT - CUT.length()) {
                cut = cell.length();
            } else if (cell.length() > LIMIT) {
                cell.setLength(cut);
                return cell.append(CUT).toString();
            }
        }
        return cell.toString();
    }

    /** The characters of XML 1.0, production 2. */
    private static boolean isXml(int codePoint) {
        return codePoint == '\t'
                || codePoint == '\n'
                || codePoint == '\r'
                || codePoint >= 0x20 && codePoint <= 0xD7FF
                || codePoint >= 0xE000 && codePoint <= 0xFFFD
                || codePoint >= 0x10000;
    }
}
