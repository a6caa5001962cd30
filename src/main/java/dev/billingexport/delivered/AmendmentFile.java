package dev.billingexport.delivered;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import dev.billingexport.files.OwnerOnly;
import dev.billingexport.report.table.Amendment;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Stores amendments in a file of this machine while a report is written, because they may exceed the memory. */
record AmendmentFile(Path file) {

    private static final String[] COLUMNS = {
        "session_id",
        "user_id",
        "app_type",
        "trans_date",
        "change",
        "fields",
        "session_minutes_before",
        "session_minutes_after",
        "call_detail_minutes_before",
        "call_detail_minutes_after",
        "number"
    };

    private static final Set<StandardOpenOption> WHOLE =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);

    /** Writes rows of text in their order. */
    void write(Iterable<String[]> rows) throws IOException {
        try (Writer out = new BufferedWriter(Channels.newWriter(OwnerOnly.open(file, WHOLE), StandardCharsets.UTF_8));
                CsvWriter csv = CsvWriter.builder().build(out)) {
            csv.writeRecord(COLUMNS);
            for (String[] row : rows) {
                csv.writeRecord(row);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Streams the amended sessions by {@code trans_date} and {@code session_id}. The stream must be closed. */
    Stream<Amendment> rows() {
        try {
            CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(file);
            return csv.stream().map(AmendmentFile::amendment).onClose(() -> close(csv));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(Closeable csv) {
        try {
            csv.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Amendment amendment(NamedCsvRecord row) {
        String transDate = orNull(row, "trans_date");
        return new Amendment(
                row.getField("session_id"),
                orNull(row, "user_id"),
                orNull(row, "app_type"),
                transDate == null ? null : Instant.parse(transDate),
                Amendment.Change.ofCode(row.getField("change")),
                Stream.of(row.getField("fields").split(" "))
                        .filter(field -> !field.isEmpty())
                        .toList(),
                number(row, "session_minutes_before"),
                number(row, "session_minutes_after"),
                number(row, "call_detail_minutes_before"),
                number(row, "call_detail_minutes_after"),
                Long.parseLong(row.getField("number")));
    }

    private static @Nullable BigDecimal number(NamedCsvRecord row, String column) {
        String number = orNull(row, column);
        return number == null ? null : new BigDecimal(number);
    }

    private static @Nullable String orNull(NamedCsvRecord row, String column) {
        String value = row.getField(column);
        return value.isEmpty() ? null : value;
    }
}
