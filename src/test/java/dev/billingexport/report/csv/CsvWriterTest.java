package dev.billingexport.report.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.billingexport.report.Format;
import dev.billingexport.report.Month;
import dev.billingexport.report.Months;
import dev.billingexport.report.Report;
import dev.billingexport.report.UnsplitData;
import dev.billingexport.report.table.Contents;
import dev.billingexport.report.table.Figures;
import dev.billingexport.report.table.ReportHead;
import dev.billingexport.report.table.Table;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenCSV keeps write errors to itself: a full disk must not look like a file. */
class CsvWriterTest {

    private final CsvWriter csv =
            new CsvWriter(Month.UTC, Month.properties("csv.gzip=false").csv());
    private final CsvWriter gzip =
            new CsvWriter(Month.UTC, Month.properties("csv.gzip=true").csv());

    private static Table<?> sessions(UnsplitData data) {
        ReportHead head = Month.head(Month.UTC);
        Contents contents = new Contents(
                head,
                data,
                Month.reconciliation(head),
                null,
                null,
                () -> Figures.of(data, head.period(), Month.reconciliation(head), null));
        return contents.ofSessions().get(0);
    }

    @Test
    void aWriteErrorEndsTheFileWithinAChunk() {
        AtomicInteger read = new AtomicInteger();
        Month month = Months.of(1);
        Table<?> endless =
                sessions(() -> Stream.generate(() -> month.details().findFirst().orElseThrow())
                        .peek(row -> read.incrementAndGet())
                        .limit(100_000));

        assertThatIOException()
                .isThrownBy(() -> csv.write(endless, new Full(50_000)))
                .withMessage("full");
        assertThat(read).hasValueLessThan(3_000);
    }

    /** Enough for a compressed header. */
    @ParameterizedTest
    @ValueSource(ints = {0, 10})
    void aWriteErrorInTheLastBytesIsSeenToo(int room) {
        Table<?> few = sessions(() -> Months.of(3).details());

        assertThatIOException().isThrownBy(() -> csv.write(few, new Full(room))).withMessage("full");
        assertThatIOException()
                .isThrownBy(() -> gzip.write(few, new Full(room)))
                .withMessage("full");
    }

    /** What is compressed is written some chunks later, and rows like these are hard to compress. */
    @Test
    void aWriteErrorEndsACompressedFileTooWhileItIsMade() {
        AtomicInteger read = new AtomicInteger();
        Random random = new Random(1);
        Table<?> endless = sessions(() -> Stream.generate(() -> Months.withName(random.nextLong() + "")
                        .details()
                        .findFirst()
                        .orElseThrow())
                .peek(row -> read.incrementAndGet())
                .limit(100_000));

        assertThatIOException()
                .isThrownBy(() -> gzip.write(endless, new Full(50_000)))
                .withMessage("full");
        assertThat(read).hasValueLessThan(10_000);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFullDiskLeavesTheEarlierFileInPlace(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("sessions.csv"), "earlier");
        Files.createSymbolicLink(folder.resolve(".sessions.csv.part"), Path.of("/dev/full"));
        Report report =
                new Report(Month.head(Month.UTC), Months.plain(), Month.properties(Format.CSV), Month.unrated());

        assertThatIOException()
                .isThrownBy(() -> report.render("sessions.csv", folder))
                .withMessageContaining("Could not write sessions.csv, call-details.csv, recordings.csv into")
                .withMessageContaining("then resume");
        assertThat(folder.resolve("sessions.csv")).hasContent("earlier");
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    /** Takes so many bytes and no more. */
    private static final class Full extends OutputStream {

        private int room;

        Full(int room) {
            this.room = room;
        }

        @Override
        public void write(int b) throws IOException {
            if (room-- <= 0) {
                throw new IOException("full");
            }
        }
    }
}
