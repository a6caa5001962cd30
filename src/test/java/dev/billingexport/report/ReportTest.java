package dev.billingexport.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billingexport.report.table.ReportData;
import dev.billingexport.session.Session;
import dev.billingexport.session.SessionDetails;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ReportTest {

    private static final String WORKBOOK = "billing_2026-10.xlsx";

    @TempDir
    Path folder;

    @Test
    void filesAreThoseOfTheFormats() {
        assertThat(Rendered.names(report(Months.plain(), Format.XLSX))).containsExactly(WORKBOOK);
        assertThat(Rendered.names(report(Months.plain(), Format.XLSX, Format.CSV)))
                .containsExactlyInAnyOrder(
                        WORKBOOK,
                        "sessions.csv",
                        "call-details.csv",
                        "recordings.csv",
                        "users.csv",
                        "days.csv",
                        "reconciliation.csv");
        assertThat(Rendered.names(report(Months.awkward(), Format.CSV)))
                .hasSize(7)
                .contains("problems.csv");
    }

    @Test
    void anUnknownFileIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> report(Months.plain(), Format.CSV).render("problems.csv", folder))
                .withMessageContaining("problems.csv");
    }

    @Test
    void aFileIsDescribedAsItLiesThere() throws Exception {
        for (RenderedFile file : Rendered.all(report(Months.awkward(), Format.XLSX, Format.CSV), folder)) {
            byte[] bytes = Files.readAllBytes(folder.resolve(file.name()));

            assertThat(file.bytes()).isEqualTo(bytes.length);
            assertThat(file.sha256())
                    .isEqualTo(HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
        }
        assertThat(Rendered.file(report(Months.awkward(), Format.CSV), "call-details.csv", folder)
                        .rows())
                .isEqualTo(10);
        assertThat(Rendered.file(report(Months.awkward(), Format.XLSX), WORKBOOK, folder)
                        .rows())
                .as("3 users, 3 days, 3 sessions, 10 call details, 1 recording, 6 findings, 2 problems")
                .isEqualTo(28);
    }

    @Test
    void whatAKillLeftBehindIsSwept() throws IOException {
        Files.writeString(folder.resolve("." + WORKBOOK + ".part"), "x".repeat(100_000));
        Files.createDirectory(folder.resolve("." + WORKBOOK + ".tmp"));
        Files.writeString(folder.resolve("." + WORKBOOK + ".tmp/poi-sxssf-sheet1.xml"), "<row");

        RenderedFile file = Rendered.file(report(Months.plain(), Format.XLSX), WORKBOOK, folder);

        assertThat(Files.size(folder.resolve(WORKBOOK))).isEqualTo(file.bytes()).isLessThan(100_000);
        assertThat(folder).isDirectoryNotContaining("glob:**/.*");
    }

    @Test
    void dataThatFailsHalfWayLeavesNothing() {
        ReportData broken = new Streamed(1_000, sessions -> {
            if (sessions == 500) {
                throw new IllegalStateException("the ledger is gone");
            }
        });

        for (String name : List.of("sessions.csv", WORKBOOK)) {
            assertThatThrownBy(() -> report(broken, Format.XLSX, Format.CSV).render(name, folder))
                    .hasMessage("the ledger is gone");
            assertThat(folder).isEmptyDirectory();
        }
    }

    @Test
    void filesCanBeRenderedAtTheSameTime() throws Exception {
        Report report = report(Months.awkward(), Format.XLSX, Format.CSV);
        Path alone = Files.createDirectory(folder.resolve("alone"));
        Path together = Files.createDirectory(folder.resolve("together"));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<List<RenderedFile>>> renderings = report.passes().stream()
                    .map(pass -> (Callable<List<RenderedFile>>) () -> report.render(pass.get(0), together))
                    .toList();
            for (Future<List<RenderedFile>> files : threads.invokeAll(renderings)) {
                assertThat(files.get())
                        .isEqualTo(report.render(files.get().get(0).name(), alone));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void rowsGoToTheDiskWhileTheyAreRead() throws IOException {
        AtomicLong onDisk = new AtomicLong();
        ReportData large = new Streamed(50_000, sessions -> {
            if (sessions == 50_000) {
                onDisk.set(sizeOf(folder));
            }
        });

        report(large, Format.XLSX).render(WORKBOOK, folder);
        assertThat(onDisk).hasValueGreaterThan(20_000_000);

        report(large, Format.CSV).render("sessions.csv", folder);
        assertThat(onDisk).hasValueGreaterThan(5_000_000);
    }

    @Test
    void sessionsAreReadOnceForAllTextFilesThatAreMadeOfThem() throws IOException {
        AtomicLong read = new AtomicLong();

        List<RenderedFile> files = report(new Streamed(10, sessions -> read.incrementAndGet()), Format.CSV)
                .render("recordings.csv", folder);

        assertThat(files)
                .extracting(RenderedFile::name)
                .containsExactly("sessions.csv", "call-details.csv", "recordings.csv");
        assertThat(read).hasValue(10);
    }

    /** The profile that runs this gives it 256 MB. */
    @Test
    @Tag("large")
    void aHundredThousandSessionsNeedLittleHeap() throws IOException {
        Report report = report(new LargeMonth(100_000), Format.XLSX, Format.CSV, Format.HTML);
        assertThat(Rendered.all(report, folder))
                .allMatch(file -> file.bytes() > 0)
                .filteredOn(file -> file.name().equals("call-details.csv"))
                .extracting(RenderedFile::rows)
                .containsExactly(400_000L);
    }

    @Test
    void propertiesHaveTheirDefaults() {
        ReportProperties properties =
                new Binder(new MapConfigurationPropertySource()).bindOrCreate("export.report", ReportProperties.class);

        assertThat(properties.formats()).containsExactlyInAnyOrder(Format.XLSX, Format.CSV, Format.HTML);
        assertThat(properties.csv().formulaGuard()).isTrue();
    }

    private static Report report(ReportData data, Format... formats) {
        return new Report(Month.head(Month.UTC), data, Month.properties(formats), Month.unrated());
    }

    private static long sizeOf(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** So many sessions, made one at a time while they are read, and nothing else. */
    private record Streamed(long count, java.util.function.LongConsumer reading) implements UnsplitData {

        @Override
        public Stream<SessionDetails> details() {
            Session session = Months.of(1).details().findFirst().orElseThrow().session();
            return LongStream.rangeClosed(1, count)
                    .peek(reading)
                    .mapToObj(number -> SessionDetails.of(number, session, List.of(), List.of()));
        }
    }
}
