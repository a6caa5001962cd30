package dev.billingexport.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.session.AppType;
import dev.billingexport.session.Problem;
import dev.billingexport.session.Session;
import dev.billingexport.session.SessionCallDetail;
import dev.billingexport.session.SessionRecording;
import dev.billingexport.session.SessionUsage;
import dev.billingexport.session.Usage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reports as they were rendered agree with themselves, whatever strangers typed; {@code verify}'s own test changes them. */
class DeliveredReportTest {

    @TempDir
    Path folder;

    private final Map<String, Path> files = new HashMap<>();
    private final Map<String, Long> rows = new HashMap<>();

    @ParameterizedTest
    @CsvSource({"UTC", "Europe/Berlin", "Asia/Kolkata"})
    void anAwkwardMonthAgreesWithItself(ZoneId zone) throws Exception {
        Month month = Months.awkward();
        render(month, zone);

        assertThat(new DeliveredReport(files).differences(claims(month))).isEmpty();
    }

    @Test
    void compressedFilesAgreeAndDifferLikePlainOnes() throws Exception {
        render(Months.awkward(), Month.UTC, Month.properties("formats=xlsx,csv", "csv.gzip=true"));

        assertThat(files).containsKey("call-details.csv.gz").doesNotContainKey("call-details.csv");
        assertThat(new DeliveredReport(files).differences(claims(Months.awkward())))
                .isEmpty();
        assertThat(new DeliveredReport(files).differences(claims(Months.plain())))
                .anyMatch(difference -> difference.startsWith("sessions.csv.gz: fingerprint"));

        Path cut = files.get("users.csv.gz");
        Files.write(cut, Arrays.copyOf(Files.readAllBytes(cut), 60));
        assertThat(new DeliveredReport(files).differences(claims(Months.awkward())))
                .singleElement()
                .asString()
                .startsWith("users.csv.gz: it is no CSV file");
    }

    @Test
    void aTableMayNotBeThereTwice() throws Exception {
        render(Months.plain(), Month.UTC);
        Path twin = folder.resolve("days.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(twin))) {
            Files.copy(files.get("days.csv"), out);
        }
        files.put("days.csv.gz", twin);
        rows.put("days.csv.gz", rows.get("days.csv"));

        assertThat(new DeliveredReport(files).differences(claims(Months.plain())))
                .containsExactly("days.csv.gz: the table is in days.csv as well");
    }

    @Test
    void aMonthWithoutSessionsAgreesWithItself() throws Exception {
        Month nothing = new Month();
        render(nothing, Month.UTC);

        assertThat(new DeliveredReport(files).differences(claims(nothing))).isEmpty();
    }

    @Test
    void whatTwoMonthsSayDiffers() throws Exception {
        render(Months.awkward(), Month.UTC);

        assertThat(new DeliveredReport(files).differences(claims(Months.plain())))
                .anyMatch(difference -> difference.startsWith("sessions.csv: sessions"))
                .anyMatch(difference -> difference.startsWith("sessions.csv: fingerprint"))
                .anyMatch(difference -> difference.startsWith("problems.csv: problems"));
    }

    @Test
    void aWorkbookAloneIsLeftToItsChecksum() throws Exception {
        Month month = Months.plain();
        render(month, Month.UTC);
        files.keySet().removeIf(name -> name.endsWith(".csv"));

        assertThat(new DeliveredReport(files).differences(claims(month))).isEmpty();
    }

    /** More sessions than a sheet has rows; the profile that runs this gives it a heap of 256 MB. */
    @Test
    @Tag("large")
    void moreThanAMillionRowsAreComparedInALittleHeap() throws Exception {
        ReportData many = new Many(1_100_000);
        render(many, Month.UTC);

        assertThat(new DeliveredReport(files).differences(claims(many))).isEmpty();
    }

    private void render(ReportData data, ZoneId zone) throws IOException {
        render(data, zone, Month.properties(Format.XLSX, Format.CSV));
    }

    private void render(ReportData data, ZoneId zone, ReportProperties properties) throws IOException {
        Report report = new Report(Month.head(zone), data, properties, Month.unrated());
        for (String name : report.fileNames()) {
            RenderedFile file = report.render(name, folder);
            files.put(name, folder.resolve(name));
            rows.put(name, file.rows());
        }
    }

    private DeliveredReport.Claims claims(ReportData data) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        data.sessions()
                .map(session -> session.session().sessionId())
                .sorted()
                .forEach(id -> digest.update((id + "\n").getBytes(StandardCharsets.UTF_8)));
        return new DeliveredReport.Claims(
                data.sessions().map(SessionUsage::usage).reduce(Usage.NONE, Usage::plus),
                data.problems().count(),
                HexFormat.of().formatHex(digest.digest()),
                null,
                rows);
    }

    /** Sessions with one call detail each, made up as they are asked for. */
    private record Many(int count) implements UnsplitData {

        @Override
        public Stream<SessionUsage> sessions() {
            return IntStream.rangeClosed(1, count).mapToObj(number -> {
                Session session = session(number);
                return new SessionUsage(
                        session, Usage.of(session, List.of(callDetail(number).callDetail()), List.of()));
            });
        }

        @Override
        public Stream<SessionCallDetail> callDetails() {
            return IntStream.rangeClosed(1, count).mapToObj(Many::callDetail);
        }

        @Override
        public Stream<SessionRecording> recordings() {
            return Stream.empty();
        }

        @Override
        public Stream<Problem> problems() {
            return Stream.empty();
        }

        private static SessionCallDetail callDetail(int number) {
            return new SessionCallDetail(
                    session(number), Month.callDetail(String.valueOf(number), "Ada", "2026-10-01T00:00:10Z", "31.5"));
        }

        private static Session session(int number) {
            return Month.session(
                    "5f2b0c9e1d3a4b6c8e%06d".formatted(number),
                    "user-" + number % 5_000,
                    "Ada " + number % 5_000,
                    "2026-10-01T00:00:00Z",
                    "61.50",
                    AppType.VC);
        }
    }
}
