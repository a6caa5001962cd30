package dev.billingexport.report;

import dev.billingexport.session.SessionDetails;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * All data sheets of a workbook. Tables that are made of the same sessions are written side by side, in one pass over
 * them: to read the sessions costs as much as to write some of the tables.
 */
final class DataTables {

    private final Book book;
    private final List<DataSheets<?>> all = new ArrayList<>();

    DataTables(Book book, List<Table<?>> tables) {
        this.book = book;
        for (Table<?> table : tables) {
            all.add(new DataSheets<>(book, table));
        }
    }

    /** Writes them and tells where the rows are, by the tables' names. */
    Map<String, WrittenTable> write() {
        Map<Supplier<Stream<SessionDetails>>, List<DataSheets<?>>> passes = new LinkedHashMap<>();
        for (DataSheets<?> sheets : all) {
            Table.SessionRows<?> rows = sheets.table().sessionRows();
            if (rows == null) {
                sheets.addAll();
            } else {
                passes.computeIfAbsent(rows.sessions(), first -> new ArrayList<>())
                        .add(sheets);
            }
        }
        passes.forEach(DataTables::fill);
        Map<String, WrittenTable> written = new LinkedHashMap<>();
        all.forEach(sheets -> written.put(sheets.table().name(), sheets.finish()));
        order();
        return written;
    }

    private static void fill(Supplier<Stream<SessionDetails>> sessions, List<DataSheets<?>> together) {
        try (Stream<SessionDetails> each = sessions.get()) {
            each.forEach(session -> together.forEach(sheets -> sheets.add(session)));
        }
    }

    /** A table that goes on in another sheet has that at the end of the workbook so far. */
    private void order() {
        int place = 0;
        for (DataSheets<?> sheets : all) {
            for (String name : sheets.names()) {
                book.workbook().setSheetOrder(name, place++);
            }
        }
    }
}
