package dev.billingexport.report;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * One table of the report: a CSV file and a sheet of the workbook.
 *
 * @param name of the CSV file, without its ending
 * @param heading of the sheet
 * @param optional whether it is left out where it has no rows
 * @param rows streams them afresh at every call, to be closed by the reader
 */
record Table<T>(String name, String heading, boolean optional, List<Column<T>> columns, Supplier<Stream<T>> rows) {

    /** Whether the table belongs into the report. */
    boolean isPresent() {
        if (!optional) {
            return true;
        }
        try (Stream<T> stream = rows.get()) {
            return stream.findAny().isPresent();
        }
    }

    /** Puts a row's values into cells, from left to right. */
    void put(T row, Cells cells) {
        for (Column<T> column : columns) {
            column.content().put(row, cells);
        }
    }
}
