package dev.billingexport.report;

import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;

/**
 * What a table of a delivered workbook may be called, and its columns: the words of any language, but of one.
 *
 * @param zone the export's, which headings of times name
 */
record Headings(String table, ZoneId zone, Differences differences) {

    void require(String sheet, List<String> headings) {
        boolean known = Arrays.stream(Language.values())
                .map(Wording::new)
                .anyMatch(wording -> sheet.equals(wording.heading(Tables.empty(table)))
                        && headings.equals(Tables.empty(table).columns().stream()
                                .map(column -> wording.heading(column, zone))
                                .toList()));
        if (!known) {
            differences.add("the sheet '" + sheet + "' or its columns are not called as those of " + table + " are: "
                    + String.join(", ", headings));
        }
    }
}
