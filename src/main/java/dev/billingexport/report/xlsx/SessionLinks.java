package dev.billingexport.report.xlsx;

import java.util.regex.Pattern;

/**
 * Links to the rows of sessions. They are formulas, because Excel allows only 65,530 hyperlinks a sheet and each takes
 * heap. They refer to row numbers, so sorting the sessions breaks them.
 *
 * @param sheet first sheet of the sessions
 * @param rowLimit rows of a sheet, including the header
 */
record SessionLinks(String sheet, int rowLimit) {

    /** Text that needs no escape in a formula and leaves room within its limit of 255 characters. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9 .,:;@+/=~_-]{1,200}");

    /** For sheets without links. */
    static final SessionLinks NONE = new SessionLinks("", 0);

    boolean canShow(String id) {
        return rowLimit > 0 && PLAIN.matcher(id).matches() && CellText.of(id).equals(id);
    }

    String formula(String id, long number) {
        long row = (number - 1) % (rowLimit - 1) + 2;
        int part = (int) ((number - 1) / (rowLimit - 1)) + 1;
        return "HYPERLINK(\"#'" + name(sheet, part) + "'!A" + row + "\",\"" + id + "\")";
    }

    /** Returns the name of a table's sheet by its number, from 1. */
    static String name(String sheet, int part) {
        return part == 1 ? sheet : sheet + " (" + part + ")";
    }
}
