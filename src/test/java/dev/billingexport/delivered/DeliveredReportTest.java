package dev.billingexport.delivered;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.report.Format;
import dev.billingexport.report.Month;
import dev.billingexport.report.Months;
import dev.billingexport.report.Rendered;
import dev.billingexport.report.RenderedFile;
import dev.billingexport.report.Report;
import dev.billingexport.report.ReportProperties;
import dev.billingexport.report.UnsplitData;
import dev.billingexport.report.table.ReportData;
import dev.billingexport.report.table.ReportHead;
import dev.billingexport.session.AppType;
import dev.billingexport.session.Session;
import dev.billingexport.session.SessionDetails;
import dev.billingexport.session.SessionUsage;
import dev.billingexport.session.Usage;
import java.io.IOException;
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
    private final Map<String, List<String>> columns = new HashMap<>();
    private ReportHead head = Month.head(Month.UTC);
    private CsvLayout layout = CsvLayout.PLAIN;

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
                .singleElement()
                .asString()
                .startsWith("users.csv.gz: it is not a CSV file");
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

    /** With a text that begins with U+0000, which a file can't keep, in every place that strangers fill. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '/',
            value = {";/,/true", "tab/./false", "|/,/true"})
    void filesForOtherCountriesSpreadsheetsAgreeAsTheirManifestReadsThem(String separator, String decimal, boolean bom)
            throws Exception {
        Month month = Months.awkward()
                .with(
                        Month.session("s-3", "\u0000;u|\t3", "\u0000=1+1", "2026-10-30T00:00:00Z", "-1.5", AppType.VC),
                        Month.callDetail("\u0000", "-1,5;", "2026-10-30T00:00:10Z", "0.125"));
        ReportProperties properties = Month.properties(
                "formats=xlsx,csv", "csv.separator=" + separator, "csv.decimal=" + decimal, "csv.bom=" + bom);
        render(month, Month.UTC, properties);
        layout = new CsvLayout(properties.csv().separator().charAt(0), decimal.charAt(0), bom);

        assertThat(differences(month)).isEmpty();
        layout = CsvLayout.PLAIN;
        assertThat(differences(month)).isNotEmpty();
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
                .anyMatch(difference -> difference.startsWith("problems.csv: problems"))
                .anyMatch(difference -> difference.startsWith("users.csv: sum of call_details"));
    }

    @Test
    void ofAWorkbookTheRowsAreCounted() throws Exception {
        Month month = Months.plain();
        render(month, Month.UTC);
        files.keySet().removeIf(name -> name.endsWith(".csv"));
        assertThat(differences(month)).isEmpty();

        rows.merge("billing_2026-10.xlsx", 1L, Long::sum);
        assertThat(differences(month))
                .singleElement()
                .asString()
                .startsWith("billing_2026-10.xlsx: rows: the manifest says");
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
            columns.put(file.name(), report.columns(file.name()));
        }
    }

    /** The month's sessions are those of October in UTC, wherever it is rendered. */
    private List<String> differences(ReportData data) throws Exception {
        return new DeliveredReport(files, folder)
                .differences(claims(data)).stream()
                        .filter(difference -> head.period().zone().equals(Month.UTC)
                                || !difference.contains(" is not in the period: "))
                        .toList();
    }

    private DeliveredReport.Claims claims(ReportData data) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        data.sessions()
                .map(session -> session.session().sessionId())
                .sorted()
                .forEach(id -> digest.update((id + "\n").getBytes(StandardCharsets.UTF_8)));
        return new DeliveredReport.Claims(
                head.period(),
                data.sessions().map(SessionUsage::usage).reduce(Usage.NONE, Usage::plus),
                data.problems().count(),
                HexFormat.of().formatHex(digest.digest()),
                null,
                null,
                layout,
                rows,
                columns);
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
