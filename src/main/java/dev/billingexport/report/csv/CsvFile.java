package dev.billingexport.report.csv;

import com.opencsv.CSVWriter;
import com.opencsv.ICSVWriter;
import dev.billingexport.report.table.Table;
import dev.billingexport.session.SessionDetails;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A table's file that is being written. After an error the file is invalid; errors are detected after some rows at the
 * latest.
 */
final class CsvFile<T> {

    private static final int CHUNK = 1_000;
    private static final byte[] BYTE_ORDER_MARK = "\uFEFF".getBytes(StandardCharsets.UTF_8);

    private final Table<T> table;
    private final CsvRow row;
    private final OutputStream out;
    private final ICSVWriter csv;
    private long rows;

    /**
     * Writes the header.
     *
     * @param out used by this file only; closed by {@link #finish}
     */
    CsvFile(Table<T> table, CsvRow row, CsvProperties settings, OutputStream out) throws IOException {
        this.table = table;
        this.row = row;
        this.out = out;
        if (settings.bom()) {
            out.write(BYTE_ORDER_MARK);
        }
        this.csv = new CSVWriter(
                new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8)),
                settings.separator().charAt(0),
                '"',
                '"',
                ICSVWriter.RFC4180_LINE_END);
        csv.writeNext(table.names().toArray(String[]::new), false);
    }

    /** Writes all rows of the table. */
    void addAll() throws IOException {
        try (Stream<T> stream = table.rows().get()) {
            add(stream.iterator());
        }
    }

    /** Writes the rows of a session, where the table's rows come from sessions. */
    void add(SessionDetails session) throws IOException {
        add(Objects.requireNonNull(table.ofSession()).apply(session).iterator());
    }

    private void add(Iterator<T> each) throws IOException {
        for (; each.hasNext(); rows++) {
            table.put(each.next(), row);
            csv.writeNext(row.finish(), false);
            if (rows % CHUNK == 0) {
                flush();
            }
        }
    }

    /** Closes the file and returns the number of rows without the header. */
    long finish() throws IOException {
        flush();
        out.close();
        return rows;
    }

    /** OpenCSV reports errors only when it is asked. */
    private void flush() throws IOException {
        if (csv.checkError()) {
            throw csv.getException();
        }
    }
}
