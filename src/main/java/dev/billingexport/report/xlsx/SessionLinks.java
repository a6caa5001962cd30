package dev.billingexport.report.xlsx;

import java.util.regex.Pattern;

/**
 * Links to the rows of sessions. They are formulas, not hyperlinks: of those Excel takes 65,530 a sheet and each costs
 * heap. A row is found by its number, so the links miss once somebody sorts the sessions.
 *
 * @param sheet the first sheet of sessions
 * @param rowLimit rows of a sheet, the header among them
 */
record SessionLinks(String sheet, int rowLimit) {

    /** What needs no escape in a formula's text and leaves room in the 255 characters that it may have. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9 .,:;@+/=~_-]{1,200}");

    /** For sheets that lead nowhere. */
    static final SessionLinks NONE = new SessionLinks("", 0);

    boolean canShow(String id) {
        return rowLimit > 0 && PLAIN.matcher(id).matches() && CellText.of(id).equals(id);
    }

    String formula(String id, long number) {
        long row = (number - 1) % (rowLimit - 1) + 2;
        int part = (int) ((number - 1) / (rowLimit - 1)) + 1;
        return "HYPERLINK(\"#'" + name(sheet, part) + "'!A" + row + "\",\"" + id + "\")";
    }

    /** The name of one of the sheets that a table goes on in, from 1. */
    static String name(String sheet, int part) {
        return part == 1 ? sheet : sheet + " (" + part + ")";
    }
}
