package dev.billingexport.report;

import com.opencsv.CSVWriter;
import com.opencsv.ICSVWriter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Iterator;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.springframework.util.StreamUtils;

/** Writes a table as RFC 4180 has it: comma, CRLF, UTF-8 without BOM, a header row, quotes only where they are needed. */
record CsvWriter(ZoneId zone, boolean formulaGuard) {

    private static final int CHUNK = 1_000;
    private static final byte[] REPLACEMENT = "\uFFFD".getBytes(StandardCharsets.UTF_8);

    /**
     * Writes the whole table and flushes, but does not close.
     *
     * @return the rows, without the header
     * @throws IOException where something could not be written: what was, is of no use
     */
    <T> long write(Table<T> table, OutputStream out) throws IOException {
        Writer characters = new BufferedWriter(new OutputStreamWriter(
                out,
                StandardCharsets.UTF_8
                        .newEncoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .onUnmappableCharacter(CodingErrorAction.REPLACE)
                        .replaceWith(REPLACEMENT)));
        // Not closed: the stream is the caller's, and everything is flushed.
        @SuppressWarnings("resource")
        ICSVWriter csv = new CSVWriter(characters, ',', '"', '"', ICSVWriter.RFC4180_LINE_END);
        csv.writeNext(table.columns().stream().map(Column::name).toArray(String[]::new), false);
        long rows = 0;
        CsvRow row = new CsvRow(table.columns().size(), zone, formulaGuard);
        try (Stream<T> stream = table.rows().get()) {
            for (Iterator<T> each = stream.iterator(); each.hasNext(); rows++) {
                table.put(each.next(), row);
                csv.writeNext(row.finish(), false);
                if (rows % CHUNK == 0) {
                    check(csv);
                }
            }
        }
        check(csv);
        return rows;
    }

    /**
     * Writes the whole table through gzip, and flushes, but does not close. Since JDK 16 the header is the same on every
     * machine: no time, no name, an unknown system.
     *
     * @return the rows, without the header
     * @throws IOException where something could not be written: what was, is of no use
     */
    <T> long writeCompressed(Table<T> table, OutputStream out) throws IOException {
        try (OutputStream gzip = new GZIPOutputStream(StreamUtils.nonClosing(out))) {
            return write(table, gzip);
        }
    }

    /** Flushes. OpenCSV keeps an error to itself until it is asked. */
    private static void check(ICSVWriter csv) throws IOException {
        if (csv.checkError()) {
            throw csv.getException();
        }
    }
}
