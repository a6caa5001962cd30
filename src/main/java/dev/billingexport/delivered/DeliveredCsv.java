package dev.billingexport.delivered;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.StringArrayHandler;
import dev.billingexport.report.table.TextRows;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of one delivered CSV file. The file may come from anybody, so a row longer than any that an export
 * writes is refused before it fills the memory. Must be closed. Not thread-safe.
 */
final class DeliveredCsv implements TextRows {

    private static final String ENDING = ".csv";
    private static final String COMPRESSED = ".csv.gz";
    private static final int BUFFER = 1 << 16;
    private static final int MAX_COLUMNS = 1_000;

    /**
     * Limit of a value: answers of the API with longer texts than a million characters are refused, and quotes can
     * double the length.
     */
    private static final int MAX_TEXT = 2_100_000;

    private static final int MAX_ROW = 16_000_000;

    private final String name;
    private final CsvLayout layout;
    private final InputStream text;
    private final Iterator<String[]> rows;
    private final List<String> columns;
    private long number;

    /**
     * Opens a file and reads its header.
     *
     * @param name in the delivery; its suffix tells whether the file is compressed
     * @throws UnreadableException if it isn't a CSV file
     */
    DeliveredCsv(String name, Path file, CsvLayout layout) throws IOException {
        this.name = name;
        this.layout = layout;
        InputStream bytes = Files.newInputStream(file);
        try {
            text = name.endsWith(COMPRESSED) ? unpacked(bytes, Files.size(file)) : bytes;
            rows = CsvReader.builder()
                    .fieldSeparator(layout.separator())
                    .detectBomHeader(layout.bom())
                    .skipEmptyLines(false)
                    .allowExtraFields(true)
                    .allowMissingFields(true)
                    .maxBufferSize(MAX_ROW)
                    .build(
                            StringArrayHandler.builder()
                                    .maxFields(MAX_COLUMNS)
                                    .maxFieldSize(MAX_TEXT)
                                    .maxRecordSize(MAX_ROW)
                                    .build(),
                            text,
                            StandardCharsets.UTF_8)
                    .iterator();
            String[] heading = read();
            columns = heading == null ? List.of() : List.of(heading);
        } catch (IOException | RuntimeException e) {
            bytes.close();
            throw unreadable(e);
        }
    }

    /** Returns whether a delivered file is the CSV file of a table. */
    static boolean isCsv(String name) {
        return name.indexOf('/') < 0 && (name.endsWith(ENDING) || name.endsWith(COMPRESSED));
    }

    /** Returns the name of the table in a CSV file. */
    static String table(String name) {
        return name.substring(0, name.lastIndexOf(ENDING));
    }

    private static InputStream unpacked(InputStream bytes, long size) throws IOException {
        GzipCompressorInputStream text = GzipCompressorInputStream.builder()
                .setInputStream(new BufferedInputStream(bytes, BUFFER))
                .setDecompressConcatenated(true)
                .get();
        return new Inflated(text, size);
    }

    @Override
    public List<String> columns() {
        return columns;
    }

    /**
     * Returns the next row, its numbers with a decimal point; null after the last.
     *
     * @throws UnreadableException if the row doesn't have these columns
     */
    @Override
    public @Nullable List<String> next() {
        String[] row = read();
        if (row == null) {
            return null;
        }
        number++;
        if (row.length != columns.size()) {
            throw new UnreadableException(
                    name, "row " + number + " has " + row.length + " values in " + columns.size() + " columns");
        }
        for (int column = 0; layout.decimal() != '.' && column < row.length; column++) {
            if (CsvValue.isNumber(columns.get(column))) {
                row[column] = row[column].replace(layout.decimal(), '.');
            }
        }
        return List.of(row);
    }

    /** Returns the file's name in the delivery. */
    String name() {
        return name;
    }

    /** Returns the number of the last row, from 1; the header isn't counted. */
    long number() {
        return number;
    }

    private String @Nullable [] read() {
        try {
            return rows.hasNext() ? rows.next() : null;
        } catch (CsvParseException | UncheckedIOException e) {
            throw unreadable(e);
        }
    }

    private UnreadableException unreadable(Exception e) {
        if (e instanceof UnreadableException known) {
            return known;
        }
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return new UnreadableException(name, "it is not a CSV file: " + cause.getMessage());
    }

    @Override
    public void close() throws IOException {
        text.close();
    }
}
