package dev.billingexport.report.xlsx;

import dev.billingexport.report.table.Contents;
import dev.billingexport.report.table.Table;
import dev.billingexport.session.SessionDetails;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * All data sheets of a workbook. Tables whose rows come from sessions are written first, in one pass over the sessions,
 * because reading the sessions costs as much as writing some of the tables. Another thread may compute the sums
 * meanwhile.
 */
final class DataTables {

    private final Book book;
    private final Contents contents;

    DataTables(Book book, Contents contents) {
        this.book = book;
        this.contents = contents;
    }

    /** Writes the sheets and returns where the rows are, by table name. */
    Map<String, WrittenTable> write() {
        Map<String, DataSheets<?>> ofSessions = new LinkedHashMap<>();
        contents.ofSessions().forEach(table -> ofSessions.put(table.name(), new DataSheets<>(book, table)));
        writeSessions(ofSessions.values());
        Map<String, DataSheets<?>> all = new LinkedHashMap<>();
        for (Table<?> table : contents.sheets()) {
            DataSheets<?> sheets = ofSessions.get(table.name());
            if (sheets == null) {
                sheets = new DataSheets<>(book, table);
                sheets.addAll();
            }
            all.put(table.name(), sheets);
        }
        Map<String, WrittenTable> written = new LinkedHashMap<>();
        all.forEach((name, sheets) -> written.put(name, sheets.finish()));
        order(all.values());
        return written;
    }

    private void writeSessions(Collection<DataSheets<?>> sideBySide) {
        try (Stream<SessionDetails> sessions = contents.data().details()) {
            sessions.forEach(session -> sideBySide.forEach(sheets -> sheets.add(session)));
        }
    }

    /** Moves continuation sheets, which were added at the end of the workbook, behind their first sheet. */
    private void order(Collection<DataSheets<?>> all) {
        int place = 0;
        for (DataSheets<?> sheets : all) {
            for (String name : sheets.names()) {
                book.workbook().setSheetOrder(name, place++);
            }
        }
    }
}
