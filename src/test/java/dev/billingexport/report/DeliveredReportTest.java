package dev.billingexport.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.session.AppType;
import dev.billingexport.session.Session;
import dev.billingexport.session.SessionDetails;
import dev.billingexport.session.SessionUsage;
import dev.billingexport.session.Usage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
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
    private ReportHead head = Month.head(Month.UTC);

    @ParameterizedTest
    @CsvSource({"UTC", "Europe/Berlin", "Asia/Kolkata"})
    void anAwkwardMonthAgreesWithItself(ZoneId zone) throws Exception {
        Month month = Months.awkward();
        render(month, zone);

        assertThat(differences(month)).isEmpty();
    }

    @Test
    void compressedFilesAgreeAndDifferLikePlainOnes() throws Exception {
        render(Months.awkward(), Month.UTC, Month.properties("formats=xlsx,csv", "csv.gzip=true"));

        assertThat(files).containsKey("call-details.csv.gz").doesNotContainKey("call-details.csv");
        assertThat(differences(Months.awkward())).isEmpty();
        assertThat(differences(Months.plain()))
                .anyMatch(difference -> difference.startsWith("sessions.csv.gz: fingerprint"));

        Path cut = files.get("users.csv.gz");
        Files.write(cut, Arrays.copyOf(Files.readAllBytes(cut), 60));
        assertThat(differences(Months.awkward()))
                .hasSize(2)
                .anyMatch(difference -> difference.startsWith("users.csv.gz: it is no CSV file"))
                .contains("billing_2026-10.xlsx: it was not compared, for a CSV file is missing or can't be read");

        files.remove("users.csv.gz");
        assertThat(differences(Months.awkward()))
                .containsExactly(
                        "billing_2026-10.xlsx: it was not compared, for a CSV file is missing or can't be read");
    }

    @ParameterizedTest
    @CsvSource({"user_id, true", "room_id, true", "user_id, false"})
    void sharesAgreeWithTheWhole(String by, boolean guard) throws Exception {
        render(
                Months.awkward(),
                Month.BERLIN,
                Month.properties("formats=xlsx,csv", "split-by=" + by, "csv.formula-guard=" + guard));

        assertThat(files.keySet()).anyMatch(name -> name.startsWith("by-" + by + "/"));
        assertThat(differences(Months.awkward())).isEmpty();
    }

    @Test
    void sharesThatWereSwappedAreFound() throws Exception {
        render(Months.plain(), Month.UTC, Month.properties("formats=xlsx,csv", "split-by=user_id"));
        Path one = files.get("by-user_id/u-1.xlsx");
        files.put("by-user_id/u-1.xlsx", files.get("by-user_id/u-2.xlsx"));
        files.put("by-user_id/u-2.xlsx", one);

        assertThat(differences(Months.plain()))
                .contains(
                        "by-user_id/u-1.xlsx: its sessions are of the user_id 'u-2', whose file has another name",
                        "by-user_id/u-2.xlsx: its sessions are of the user_id 'u-1', whose file has another name");
    }

    @Test
    void aShareThatIsMissingIsFound() throws Exception {
        render(Months.plain(), Month.UTC, Month.properties("formats=xlsx,csv", "split-by=user_id"));
        files.remove("by-user_id/u-1.xlsx");

        assertThat(differences(Months.plain()))
                .containsExactly("by-user_id/: there is no workbook of the user_id 'u-1'");
    }

    /** Minutes, names and times of one call detail, or of one session and all that is summed up from it. */
    @ParameterizedTest
    @CsvSource({
        "call-details, Cy, Di, call-details",
        "sessions, m-s-4, m-s-5, sessions",
        "users, 61.75, 62.75, users (session_minutes)",
        "days, 120, 121, days (session_minutes)"
    })
    void aCellThatDiffersIsFound(String table, String before, String after, String found) throws Exception {
        render(Months.plain(), Month.UTC, Month.properties("formats=xlsx,csv", "split-by=room_id"));
        Path workbook = files.get("by-room_id/room-1.xlsx");
        int sheet = List.of("users", "days", "sessions", "call-details").indexOf(table) + 1;
        try (FileSystem parts = FileSystems.newFileSystem(workbook, Map.of())) {
            Path part = parts.getPath("/xl/worksheets/sheet" + sheet + ".xml");
            String xml = Files.readString(part);
            assertThat(xml).contains(">" + before);
            Files.writeString(part, xml.replaceFirst(">" + before, ">" + after));
        }

        assertThat(differences(Months.plain()))
                .allMatch(difference -> difference.startsWith("by-room_id/room-1.xlsx: "))
                .contains(
                        "by-room_id/room-1.xlsx: " + found + " is not what the CSV files have of the room_id 'room-1'");
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

        assertThat(differences(Months.plain())).containsExactly("days.csv.gz: the table is in days.csv as well");
    }

    @Test
    void aMonthWithoutSessionsAgreesWithItself() throws Exception {
        Month nothing = new Month();
        render(nothing, Month.UTC);

        assertThat(differences(nothing)).isEmpty();
    }

    @Test
    void whatTwoMonthsSayDiffers() throws Exception {
        render(Months.awkward(), Month.UTC);

        assertThat(differences(Months.plain()))
                .anyMatch(difference -> difference.startsWith("sessions.csv: sessions"))
                .anyMatch(difference -> difference.startsWith("sessions.csv: fingerprint"))
                .anyMatch(difference -> difference.startsWith("problems.csv: problems"));
    }

    @Test
    void aWorkbookAloneIsLeftToItsChecksum() throws Exception {
        Month month = Months.plain();
        render(month, Month.UTC);
        files.keySet().removeIf(name -> name.endsWith(".csv"));

        assertThat(differences(month)).isEmpty();
    }

    /** More sessions than a sheet has rows; the profile that runs this gives it a heap of 256 MB. */
    @Test
    @Tag("large")
    void moreThanAMillionRowsAreComparedInALittleHeap() throws Exception {
        ReportData many = new Many(1_100_000);
        render(many, Month.UTC);

        assertThat(differences(many)).isEmpty();
    }

    private void render(ReportData data, ZoneId zone) throws IOException {
        render(data, zone, Month.properties(Format.XLSX, Format.CSV));
    }

    private void render(ReportData data, ZoneId zone, ReportProperties properties) throws IOException {
        head = Month.head(zone);
        Report report = new Report(head, data, properties, Month.unrated());
        for (RenderedFile file : Rendered.all(report, folder)) {
            files.put(file.name(), folder.resolve(file.name()));
            rows.put(file.name(), file.rows());
        }
    }

    /** The month's sessions are those of October in UTC, wherever it is rendered. */
    private List<String> differences(ReportData data) throws Exception {
        return new DeliveredReport(files)
                .differences(claims(data)).stream()
                        .filter(difference -> head.period().zone().equals(Month.UTC)
                                || !difference.contains(" is not of the period: "))
                        .toList();
    }

    private DeliveredReport.Claims claims(ReportData data) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        data.sessions()
                .map(session -> session.session().sessionId())
                .sorted()
                .forEach(id -> digest.update((id + "\n").getBytes(StandardCharsets.UTF_8)));
        return new DeliveredReport.Claims(
                head,
                data.sessions().map(SessionUsage::usage).reduce(Usage.NONE, Usage::plus),
                data.problems().count(),
                HexFormat.of().formatHex(digest.digest()),
                null,
                rows);
    }

    /** Sessions with one call detail each, made up as they are asked for. */
    private record Many(int count) implements UnsplitData {

        @Override
        public Stream<SessionDetails> details() {
            return IntStream.rangeClosed(1, count)
                    .mapToObj(number -> SessionDetails.of(
                            number,
                            session(number),
                            List.of(Month.callDetail(String.valueOf(number), "Ada", "2026-10-01T00:00:10Z", "31.5")),
                            List.of()));
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
