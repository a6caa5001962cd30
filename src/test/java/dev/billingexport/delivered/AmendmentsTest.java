package dev.billingexport.delivered;

import static dev.billingexport.report.Month.callDetail;
import static dev.billingexport.report.Month.recording;
import static dev.billingexport.report.Month.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.entry;

import dev.billingexport.report.Format;
import dev.billingexport.report.Month;
import dev.billingexport.report.Months;
import dev.billingexport.report.Rendered;
import dev.billingexport.report.RenderedFile;
import dev.billingexport.report.Report;
import dev.billingexport.report.ReportProperties;
import dev.billingexport.report.UnsplitData;
import dev.billingexport.report.table.Amendment;
import dev.billingexport.report.table.Amendments;
import dev.billingexport.report.table.Mask;
import dev.billingexport.report.table.PersonalColumn;
import dev.billingexport.report.table.ReportData;
import dev.billingexport.report.table.ReportHead;
import dev.billingexport.session.AppType;
import dev.billingexport.session.SessionDetails;
import dev.billingexport.session.Usage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.poi.ss.usermodel.DataFormatter;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a report says of a revision that was delivered before, however that was written. */
class AmendmentsTest {

    private static final String WORKBOOK = "billing_2026-10.xlsx";

    @TempDir
    Path folder;

    private Path scratch;

    @BeforeEach
    void makeScratch() throws IOException {
        scratch = Files.createDirectory(folder.resolve("scratch"));
    }

    @ParameterizedTest
    @CsvSource({"UTC, true", "UTC, false", "Europe/Berlin, true"})
    void theAmendmentsAreTheGoldenOnesHoweverTheEarlierRevisionWasWritten(ZoneId zone, boolean guard)
            throws IOException {
        Report report = amending(before(), zone, guard, after());

        report.render("amendments.csv", folder);

        try (InputStream golden = AmendmentsTest.class.getResourceAsStream("amended-month/amendments.csv")) {
            assertThat(folder.resolve("amendments.csv")).hasBinaryContent(golden.readAllBytes());
        }
    }

    @ParameterizedTest
    @CsvSource({"UTC, true", "Europe/Berlin, false"})
    void whatStrangersTypeIsNoChange(ZoneId zone, boolean guard) throws IOException {
        Report report = amending(Months.awkward(), zone, guard, Months.awkward());

        assertThat(report.amendments()).get().matches(Amendments::isEmpty);
        assertThat(render(report, "amendments.csv")).content().hasLineCount(1);
        assertThat(render(report, "report.html")).content().contains("2 (No change since revision 1.)");
        try (XSSFWorkbook workbook = new XSSFWorkbook(render(report, WORKBOOK).toString())) {
            assertThat(rows(workbook.getSheet("Amendments")))
                    .hasSize(2)
                    .last()
                    .isEqualTo(List.of("No change since revision 1."));
            assertThat(rows(workbook.getSheet("Summary")))
                    .contains(List.of("Revision", "2", "No change since revision 1."));
        }
    }

    @Test
    void masksThatAreTakenUpOrGivenUpAreNoChange() throws IOException {
        Mask mask = new Mask(Set.of(PersonalColumn.values()), "a key".getBytes(StandardCharsets.UTF_8));
        DeliveredTables plain = deliver(report(before(), Month.UTC, true, Format.CSV), "plain");
        DeliveredTables masked = deliver(report(mask.of(before()), Month.UTC, true, Format.CSV), "masked");

        assertThat(plain.changes(1, masked, scratch).isEmpty()).isTrue();
        assertThat(masked.changes(1, plain, scratch).isEmpty()).isTrue();
        Amendments.Known changes =
                masked.changes(1, deliver(report(mask.of(after()), Month.UTC, true, Format.CSV), "after"), scratch);
        assertThat(changes.rows())
                .filteredOn(row -> row.sessionId().equals("s-5"))
                .flatExtracting(Amendment::fields)
                .containsExactly("user_id", "user_name", "duration");
    }

    /** In an order that has nothing in common; how many there may be is for the test of a small heap to say. */
    @Test
    void sessionsAreMatchedInWhateverOrderTheyAre() throws IOException {
        DeliveredTables ordered = deliver(report(new Many(6_000, 0), Month.UTC, true, Format.CSV), "one");
        Path backwards = Files.createDirectory(folder.resolve("backwards"));
        Map<String, Path> files = new HashMap<>();
        for (String name : List.of("sessions.csv", "call-details.csv", "recordings.csv")) {
            List<String> lines =
                    new ArrayList<>(Files.readAllLines(folder.resolve("one").resolve(name)));
            Collections.reverse(lines.subList(1, lines.size()));
            files.put(name, Files.write(backwards.resolve(name), lines));
        }
        DeliveredTables reversed = DeliveredTables.of(files, CsvLayout.PLAIN).orElseThrow();

        assertThat(ordered.changes(1, reversed, scratch).isEmpty()).isTrue();
        Files.write(
                files.get("sessions.csv"),
                Files.readAllLines(files.get("sessions.csv")).subList(0, 6_000));
        assertThat(ordered.changes(1, reversed, scratch).counts())
                .containsExactly(
                        entry(Amendment.Change.ADDED, 0L),
                        entry(Amendment.Change.REMOVED, 1L),
                        entry(Amendment.Change.CHANGED, 0L));
    }

    @Test
    void anotherLayoutOfCsvFilesIsNoChange() throws IOException {
        Month month = Months.awkward();
        Path delivered = Files.createDirectory(folder.resolve("delivered"));
        Map<String, Path> files = new HashMap<>();
        ReportProperties german = Month.properties("formats=csv", "csv.separator=;", "csv.decimal=,", "csv.bom=true");
        for (RenderedFile file :
                Rendered.all(new Report(Month.head(Month.UTC), month, german, Month.unrated()), delivered)) {
            files.put(file.name(), delivered.resolve(file.name()));
        }
        DeliveredTables earlier =
                DeliveredTables.of(files, new CsvLayout(';', ',', true)).orElseThrow();

        assertThat(amended(report(month, Month.UTC, true, Format.CSV), earlier)
                        .amendments()
                        .orElseThrow()
                        .isEmpty())
                .isTrue();
    }

    @Test
    void theSheetAddsTheDifferencePerUser() throws IOException {
        Report report = amending(before(), Month.UTC, true, after());

        try (XSSFWorkbook workbook = new XSSFWorkbook(render(report, WORKBOOK).toString())) {
            List<List<String>> rows = rows(workbook.getSheet("Amendments"));
            assertThat(rows.get(0))
                    .startsWith("Session ID", "User ID")
                    .contains("Change", "Fields that differ", "Session minutes before", "Session minutes after");
            assertThat(rows)
                    .contains(
                            List.of("Total", "170.00", "182.25", "110.00", "90.00"),
                            List.of("Since revision 1: 1 added, 1 removed, 4 changed."),
                            List.of("u-1", "160.00", "120.00", "110.00", "80.00", "-40.00", "-30.00"),
                            List.of("u-2", "10.00", "–", "–", "–", "-10.00", "–"),
                            List.of("u-3", "–", "62.25", "–", "10.00", "62.25", "10.00"));
            assertThat(rows(workbook.getSheet("Summary")).toString())
                    .contains(
                            "[Sessions added since revision 1, 1, 1]",
                            "[Sessions removed since revision 1, 1, 1]",
                            "[Sessions changed since revision 1, 4, 4");
            XSSFSheet sheet = workbook.getSheet("Amendments");
            assertThat(sheet.getRow(1).getCell(0).getCellFormula()).contains("'Sessions'!A2\"");
            assertThat(sheet.getRow(2).getCell(0).getStringCellValue())
                    .as("removed")
                    .isEqualTo("s-3");
            assertThat(sheet.getRow(2).getCell(0).getCellType().name()).isEqualTo("STRING");
        }
        assertThat(render(report, "report.html"))
                .content()
                .contains(
                        "<li>Sessions added since revision 1: 1</li>", "<li>Sessions changed since revision 1: 4</li>");
    }

    @Test
    void whatIsSaidOfChangesAgreesWithTheSheet() throws IOException {
        Report report = amending(before(), Month.UTC, true, after());
        Map<String, Path> files = new HashMap<>();
        Map<String, Long> rows = new HashMap<>();
        for (String name : List.of("amendments.csv", WORKBOOK)) {
            rows.put(name, Rendered.file(report, name, folder).rows());
            files.put(name, folder.resolve(name));
        }

        assertThat(amendmentDifferences(files, folder, rows, counts -> counts)).isEmpty();
        assertThat(amendmentDifferences(files, folder, rows, counts -> {
                    counts.merge(Amendment.Change.ADDED, 1L, Long::sum);
                    return counts;
                }))
                .singleElement()
                .asString()
                .startsWith("amendments.csv: changes: the manifest says {ADDED=2");
    }

    @Test
    void aRevisionThatCantBeReadIsOwnedUpTo() throws IOException {
        Path csv = Files.writeString(folder.resolve("sessions.csv"), "session_id\r\n\"1");
        Map<String, Path> files = Map.of("sessions.csv", csv, "call-details.csv", csv, "recordings.csv", csv);
        DeliveredTables broken = DeliveredTables.of(files, CsvLayout.PLAIN).orElseThrow();

        Report report =
                report(after(), Month.UTC, true, Format.values()).amending(new Amendments.Unknown(1, "it is broken"));

        assertThat(report.amendments()).get().isInstanceOf(Amendments.Unknown.class);
        assertThat(Rendered.names(report)).doesNotContain("amendments.csv");
        String words = "What changed since revision 1 is not known";
        assertThat(render(report, "report.html")).content().contains("<li class=\"bad\">" + words);
        try (XSSFWorkbook workbook = new XSSFWorkbook(render(report, WORKBOOK).toString())) {
            assertThat(workbook.getSheet("Amendments")).isNull();
            assertThat(rows(workbook.getSheet("Summary")).toString()).contains("[" + words);
        }
        assertThatIllegalStateException()
                .isThrownBy(() -> broken.changes(1, broken, scratch))
                .withMessageContaining("sessions");
    }

    @Test
    void onlyCsvFilesAreComparedAndThoseThatAreNeeded() {
        List<String> csv = List.of("sessions.csv", "call-details.csv", "recordings.csv");
        List<String> all = new ArrayList<>(csv);
        all.addAll(List.of("users.csv", WORKBOOK, "report.html", "by-user_id/u-1.xlsx", "by-user_id/sessions.csv"));

        assertThat(DeliveredTables.needed(all)).containsExactlyInAnyOrderElementsOf(csv);
        all.remove("recordings.csv");
        assertThat(DeliveredTables.needed(all)).isEmpty();
    }

    /** The profile that runs this gives it a heap of 256 MB. */
    @Test
    @Tag("large")
    void aMillionSessionsAreComparedInALittleHeap() throws IOException {
        Map<String, Path> files = new HashMap<>();
        Report earlier = report(new Many(1_000_000, 0), Month.UTC, true, Format.CSV);
        for (RenderedFile file : earlier.render("sessions.csv", folder)) {
            files.put(file.name(), folder.resolve(file.name()));
        }
        DeliveredTables tables = DeliveredTables.of(files, CsvLayout.PLAIN).orElseThrow();

        Report same = amended(report(new Many(1_000_000, 0), Month.UTC, true, Format.CSV), tables);
        assertThat(same.amendments()).get().matches(Amendments::isEmpty);

        Report moved = amended(report(new Many(1_000_000, 1), Month.UTC, true, Format.CSV), tables);
        assertThat(((Amendments.Known) moved.amendments().orElseThrow()).counts())
                .contains(entry(Amendment.Change.CHANGED, 1_000_000L));
        assertThat(Rendered.file(moved, "amendments.csv", folder).rows()).isEqualTo(1_000_000);
    }

    /** A session each: detail changed, unchanged, removed, moved to another day, of another user, a recording changed. */
    private static Month before() {
        return new Month()
                .with(
                        session("s-1", "u-1", "Ada", "2026-10-01T10:00:00Z", "60", AppType.VC),
                        callDetail("1", "Ada", "2026-10-01T10:00:00Z", "30"),
                        callDetail("2", "Bo", "2026-10-01T10:00:00Z", "20"))
                .with(
                        session("s-2", "u-1", "=Ada", "2026-10-02T10:00:00Z", "61.50", AppType.VC),
                        callDetail("1", "+Ada", "2026-10-25T01:30:00Z", "61.5"),
                        recording(1, "60", "100"))
                .with(session("s-3", "u-2", "Bo", "2026-10-03T10:00:00Z", "10", AppType.VC))
                .with(
                        session("s-4", "u-1", "Ada", "2026-10-04T10:00:00Z", "40", AppType.WB),
                        callDetail("1", "Ada", "2026-10-04T10:00:00Z", "30"))
                .with(session("s-5", "u-1", "Ada", "2026-10-05T10:00:00Z", "40", AppType.VC))
                .with(
                        session("s-6", "u-1", "Ada", "2026-10-06T10:00:00Z", "20", AppType.VC),
                        callDetail("1", "Ada", "2026-10-06T10:00:00Z", "30"),
                        recording(1, "60", "100"),
                        recording(2, "30", "200"));
    }

    private static Month after() {
        return new Month()
                .with(
                        session("s-1", "u-1", "Ada", "2026-10-01T10:00:00Z", "60", AppType.VC),
                        callDetail("1", "Ada", "2026-10-01T10:00:00Z", "20"),
                        callDetail("2", "Bo", "2026-10-01T10:00:00Z", "30"))
                .with(
                        session("s-2", "u-1", "=Ada", "2026-10-02T10:00:00Z", "61.5", AppType.VC),
                        callDetail("1", "+Ada", "2026-10-25T01:30:00Z", "61.50"),
                        recording(1, "60.0", "100"))
                .with(session("s-5", "u-3", "Cy", "2026-10-05T10:00:00Z", "42.25", AppType.VC))
                .with(
                        session("s-6", "u-1", "Ada", "2026-10-06T10:00:00Z", "20", AppType.VC),
                        callDetail("1", "Ada", "2026-10-06T10:00:00Z", "30"),
                        recording(1, "30", "100"),
                        recording(2, "60", "200"))
                .with(
                        session("s-7", "u-3", "Cy", "2026-10-07T10:00:00Z", "20", AppType.WB),
                        callDetail("1", "Cy", "2026-10-07T10:00:00Z", "10"))
                .with(
                        session("s-4", "u-1", "Ada", "2026-10-31T10:00:00Z", "40", AppType.WB),
                        callDetail("1", "Ada", "2026-10-04T10:00:00Z", "0"));
    }

    private Report amended(Report report, DeliveredTables earlier) throws IOException {
        return report.amending(earlier.changes(1, report.tables(), scratch));
    }

    private Report amending(Month before, ZoneId zone, boolean guard, Month after) throws IOException {
        DeliveredTables delivered = deliver(report(before, zone, guard, Format.CSV), "delivered");
        Report amending = amended(report(after, Month.UTC, true, Format.values()), delivered);
        assertThat(before.openStreams).hasValue(0);
        assertThat(after.openStreams).hasValue(0);
        return amending;
    }

    private DeliveredTables deliver(Report report, String name) throws IOException {
        Path delivered = Files.createDirectory(folder.resolve(name));
        Map<String, Path> files = new HashMap<>();
        for (RenderedFile file : Rendered.all(report, delivered)) {
            files.put(file.name(), delivered.resolve(file.name()));
        }
        return DeliveredTables.of(files, CsvLayout.PLAIN).orElseThrow();
    }

    private static Report report(ReportData data, ZoneId zone, boolean guard, Format... formats) {
        ReportProperties properties = Month.properties(
                "csv.formula-guard=" + guard,
                "formats=" + Stream.of(formats).map(Format::name).collect(Collectors.joining(",")));
        ReportHead first = Month.head(zone);
        ReportHead head = new ReportHead(first.export(), first.period(), first.appTypes(), first.filter(), 2);
        return new Report(head, data, properties, Month.unrated());
    }

    private Path render(Report report, String name) throws IOException {
        report.render(name, folder);
        return folder.resolve(name);
    }

    /** What is shown, without empty cells and rows. */
    private static List<List<String>> rows(XSSFSheet sheet) {
        DataFormatter formatter = new DataFormatter(Locale.ROOT);
        formatter.setUseCachedValuesForFormulaCells(true);
        List<List<String>> rows = new ArrayList<>();
        for (Row row : sheet) {
            List<String> shown = new ArrayList<>();
            row.forEach(cell -> shown.add(formatter.formatCellValue(cell).strip()));
            shown.removeIf(String::isEmpty);
            rows.add(shown);
        }
        return rows;
    }

    private static List<String> columns(@Nullable Path csv) throws IOException {
        return csv == null ? List.of() : List.of(Files.readAllLines(csv).get(0).split(","));
    }

    private static List<String> amendmentDifferences(
            Map<String, Path> files,
            Path folder,
            Map<String, Long> rows,
            UnaryOperator<SortedMap<Amendment.Change, Long>> claimed)
            throws IOException {
        SortedMap<Amendment.Change, Long> counts = Amendment.Change.none();
        counts.put(Amendment.Change.ADDED, 1L);
        counts.put(Amendment.Change.REMOVED, 1L);
        counts.put(Amendment.Change.CHANGED, 4L);
        DeliveredReport.Claims claims = new DeliveredReport.Claims(
                Month.head(Month.UTC).period(),
                Usage.NONE,
                0,
                "",
                claimed.apply(counts),
                null,
                CsvLayout.PLAIN,
                rows,
                Map.of("amendments.csv", columns(files.get("amendments.csv"))));
        return new DeliveredReport(files, folder)
                .differences(claims).stream()
                        .filter(each -> each.startsWith("amendments.csv"))
                        .toList();
    }

    /** Sessions with one call detail each, made up as they are asked for; each may be so many seconds late. */
    private record Many(int count, int late) implements UnsplitData {

        @Override
        public Stream<SessionDetails> details() {
            return IntStream.rangeClosed(1, count).mapToObj(this::details);
        }

        private SessionDetails details(int number) {
            // Ids that are in no order.
            String id = "%08x5f2b0c9e1d3a4b6c".formatted(number * 0x9E3779B1);
            String date = "2026-10-01T00:00:%02dZ".formatted(late);
            return SessionDetails.of(
                    number,
                    session(id, "user-" + number % 5_000, "Ada", date, "61.50", AppType.VC),
                    List.of(Month.callDetail("1", "Ada", "2026-10-01T00:00:10Z", "31.5")),
                    List.of());
        }
    }
}
