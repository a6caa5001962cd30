package dev.billingexport.report;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a revision changes in an earlier one. */
public sealed interface Amendments {

    /** The number of the earlier revision. */
    int revision();

    /** Whether it is known that both revisions say the same. */
    boolean isEmpty();

    /** All of it in a sentence. */
    String sentence(Wording wording);

    /**
     * Compares two revisions by what was delivered of them.
     *
     * @param scratch an empty folder that must stay for as long as the result is used
     * @throws IllegalStateException where one of them holds something else than its names say
     */
    static Known between(int revision, DeliveredTables earlier, DeliveredTables later, Path scratch)
            throws IOException {
        return Comparison.of(revision, earlier, later, scratch);
    }

    /**
     * It can't be told.
     *
     * @param cause in words for an operator, as a clause
     */
    record Unknown(int revision, String cause) implements Amendments {

        @Override
        public boolean isEmpty() {
            return false;
        }

        @Override
        public String sentence(Wording wording) {
            return wording.text("amendments.unknown", String.valueOf(revision));
        }
    }

    /**
     * It is known, be it that nothing was changed.
     *
     * @param counts sessions of each kind of change, zero where there are none
     * @param users those with amended sessions, by user id
     * @param chargesBefore what the earlier revision charged in all, by currency
     * @param file holds the rows, in order
     */
    record Known(
            int revision,
            SortedMap<Amendment.Change, Long> counts,
            List<UserAmendment> users,
            SortedMap<String, BigDecimal> chargesBefore,
            Path file)
            implements Amendments {

        @Override
        public boolean isEmpty() {
            return counts.values().stream().allMatch(count -> count == 0);
        }

        /** How many sessions were changed in that way. */
        public long count(Amendment.Change change) {
            return counts.getOrDefault(change, 0L);
        }

        /** What is counted. */
        String name(Amendment.Change change, Wording wording) {
            return wording.text("amendments." + change.code(), String.valueOf(revision));
        }

        /** What is to be said below the rows. */
        List<String> words(Wording wording) {
            return isEmpty()
                    ? List.of(sentence(wording))
                    : List.of(sentence(wording), wording.text("amendments.fields"), wording.text("amendments.users"));
        }

        @Override
        public String sentence(Wording wording) {
            String earlier = String.valueOf(revision);
            return isEmpty()
                    ? wording.text("amendments.none", earlier)
                    : wording.text(
                            "amendments.some",
                            earlier,
                            wording.whole(count(Amendment.Change.ADDED)),
                            wording.whole(count(Amendment.Change.REMOVED)),
                            wording.whole(count(Amendment.Change.CHANGED)));
        }

        /** Streams the amended sessions by {@code trans_date} and {@code session_id}; to be closed. */
        public Stream<Amendment> rows() {
            try {
                CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(file);
                return csv.stream().map(Known::amendment).onClose(() -> close(csv));
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
}
