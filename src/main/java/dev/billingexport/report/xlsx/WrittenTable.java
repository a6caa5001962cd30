package dev.billingexport.report.xlsx;

import dev.billingexport.report.table.Table;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.poi.ss.util.CellReference;

/** Where the rows of a table are in a workbook, for formulas that add them up. */
record WrittenTable(Table<?> table, List<Part> parts) {

    /**
     * A sheet.
     *
     * @param rows without the header
     */
    record Part(String sheet, int rows) {}

    long rows() {
        return parts.stream().mapToLong(Part::rows).sum();
    }

    /** Returns the sum of a column over all sheets. */
    String sum(String column) {
        return "SUM(" + join(",", range -> range, column) + ")";
    }

    /** Returns the sum of a column over the rows with a word in another column. */
    String sumOf(String column, String where, String word) {
        String condition = ",\"" + word + "\",";
        return parts.stream()
                .map(part -> "SUMIF(" + range(part, where) + condition + range(part, column) + ")")
                .collect(Collectors.joining("+"));
    }

    /** Returns the sum of the amounts of one application and currency. */
    String amounts(String appType, String currency) {
        return parts.stream()
                .map(part -> "SUMIFS(" + range(part, "amount") + "," + range(part, "app_type") + ",\"" + appType + "\","
                        + range(part, "currency") + ",\"" + currency + "\")")
                .collect(Collectors.joining("+"));
    }

    /** Returns the number of rows with a value in a column. */
    String count(String column) {
        return "COUNTA(" + join(",", range -> range, column) + ")";
    }

    /** Returns the number of rows with a word in a column. */
    String countOf(String column, String word) {
        return join("+", range -> "COUNTIF(" + range + ",\"" + word + "\")", column);
    }

    private String join(String separator, UnaryOperator<String> term, String column) {
        return parts.stream().map(part -> term.apply(range(part, column))).collect(Collectors.joining(separator));
    }

    private String range(Part part, String column) {
        String letters = CellReference.convertNumToColString(table.column(column));
        int last = Math.max(part.rows, 1) + 1;
        return "'" + part.sheet + "'!$" + letters + "$2:$" + letters + "$" + last;
    }
}
