package dev.billingexport.report.xlsx;

import static dev.billingexport.report.Month.callDetail;
import static dev.billingexport.report.Month.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.billingexport.report.Format;
import dev.billingexport.report.Month;
import dev.billingexport.report.Months;
import dev.billingexport.report.Report;
import dev.billingexport.report.table.Contents;
import dev.billingexport.report.table.Figures;
import dev.billingexport.report.table.Language;
import dev.billingexport.report.table.ReportHead;
import dev.billingexport.report.table.Wording;
import dev.billingexport.session.AppType;
import dev.billingexport.session.CallDetail;
import dev.billingexport.session.Filter;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.DataFormatter;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.usermodel.XSSFChart;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The workbook, read back by POI's other half and by a library that shares no code with it. */
class WorkbookTest {

    @TempDir
    Path folder;

    @Test
    void sheetsStandInOrderAndProblemsOnlyWhereThereAreAny() throws IOException {
        try (XSSFWorkbook plain = workbook(Months.plain(), Month.UTC);
                XSSFWorkbook awkward = workbook(Months.awkward(), Month.UTC)) {
            assertThat(sheetNames(plain))
                    .containsExactly(
                            "Summary", "Users", "Days", "Sessions", "Call details", "Recordings", "Reconciliation");
            assertThat(sheetNames(awkward)).hasSize(8).endsWith("Recordings", "Reconciliation", "Problems");
        }
    }

    @Test
    void cellsAreOfTheirType() throws IOException {
        try (XSSFWorkbook workbook = workbook(Months.plain(), Month.BERLIN)) {
            Row row = workbook.getSheet("Sessions").getRow(1);

            assertThat(shown(workbook.getSheet("Sessions").getRow(0)))
                    .startsWith("Session ID", "Meeting ID", "Room ID", "User ID", "User name")
                    .contains("Session date (Europe/Berlin)", "Connected (Europe/Berlin)", "Duration (minutes)");
            assertThat(row.getCell(0).getStringCellValue()).isEqualTo("s-1");
            assertThat(row.getCell(5).getLocalDateTimeCellValue())
                    .isEqualTo(LocalDateTime.parse("2026-10-01T02:00:05.120"));
            assertThat(shown(row)).contains("2026-10-01 02:00:05.120", "2", "3,145,728");
            assertThat(row.getCell(8).getNumericCellValue()).isEqualTo(61.5);
            assertThat(row.getCell(14).getNumericCellValue()).isEqualTo(3_145_728);
        }
    }

    @Test
    void everySheetHasAFrozenHeaderAFilterAndFitsThePaper() throws IOException {
        try (XSSFWorkbook workbook = workbook(Months.plain(), Month.UTC)) {
            for (XSSFSheet sheet : sheets(workbook).subList(1, 6)) {
                int last = sheet.getRow(0).getLastCellNum() - 1;
                assertThat(sheet.getPaneInformation().getHorizontalSplitTopRow())
                        .isEqualTo((short) 1);
                boolean named = sheet.getSheetName().equals("Users");
                assertThat(sheet.getPaneInformation().getVerticalSplitLeftColumn())
                        .as("whose row it is stays in sight")
                        .isEqualTo((short) (named ? 2 : 1));
                boolean wide = Set.of("Sessions", "Call details", "Recordings", "Reconciliation")
                        .contains(sheet.getSheetName());
                assertThat(sheet.getPrintSetup().getFitWidth()).isEqualTo((short) (wide ? 2 : 1));
                assertThat(sheet.getPrintSetup().getFitHeight()).isZero();
                assertThat(sheet.getRepeatingColumns() == null).isNotEqualTo(wide);
                boolean total = Set.of("Users", "Days").contains(sheet.getSheetName());
                assertThat(sheet.getCTWorksheet().getAutoFilter().getRef())
                        .isEqualTo("A1:" + (char) ('A' + last) + (sheet.getLastRowNum() + (total ? 0 : 1)));
                assertThat(sheet.getRepeatingRows().formatAsString()).isEqualTo("1:1");
                assertThat(sheet.getPrintSetup().getLandscape()).isTrue();
                assertThat(sheet.getFitToPage()).isTrue();
            }
        }
    }

    /** Two call details in the hour that Berlin has twice, and one that ends before it begins. */
    @Test
    void timesThatAClockShowsTwiceHaveTheirOffset() throws IOException {
        Month month = new Month()
                .with(
                        session("s-1", "u-1", "Ada", "2026-10-25T00:30:00Z", "60", AppType.VC),
                        callDetail("1", "Ada", "2026-10-25T00:40:00Z", "1"),
                        callDetail("2", "Bo", "2026-10-25T01:40:00Z", "1"));
        try (XSSFWorkbook workbook = workbook(month, Month.BERLIN)) {
            XSSFSheet calls = workbook.getSheet("Call details");
            Cell first = calls.getRow(1).getCell(3);
            Cell second = calls.getRow(2).getCell(3);

            assertThat(first.getNumericCellValue()).isEqualTo(second.getNumericCellValue());
            String plain = "yyyy-mm-dd hh:mm:ss.000";
            assertThat(formats(calls.getRow(1), 3, 4)).containsExactly(plain + "\" +02:00\"", plain + "\" +01:00\"");
            assertThat(formats(calls.getRow(2), 3, 4)).containsExactly(plain + "\" +01:00\"", plain);
        }
    }

    @Test
    void aFindingShowsTheTimesThatSpeakAgainstTheSession() throws IOException {
        Instant connect = Instant.parse("2026-10-05T09:00:00Z");
        CallDetail back = new CallDetail(
                "1", "log-back", connect, connect.minusSeconds(60), BigDecimal.ONE, null, null, null, null, null);
        CallDetail further = new CallDetail(
                "2", "log-further", connect, connect.minusSeconds(3_600), BigDecimal.ONE, null, null, null, null, null);
        Month month = new Month()
                .with(
                        session("s-1", "u-1", "Ada", "2026-10-05T09:00:00Z", "60", AppType.VC),
                        back,
                        further,
                        callDetail("3", "Ada", "2026-10-05T11:00:00Z", "1"));
        try (XSSFWorkbook workbook = workbook(month, Month.UTC)) {
            XSSFSheet findings = workbook.getSheet("Reconciliation");

            assertThat(shown(findings.getRow(0))).endsWith("Times of", "Connected (UTC)", "Disconnected (UTC)");
            assertThat(shown(findings.getRow(1)))
                    .contains("Impossible times")
                    .endsWith("log-further", "2026-10-05 09:00:00.000", "2026-10-05 08:00:00.000");
            assertThat(shown(findings.getRow(2)))
                    .contains("Call detail outside")
                    .endsWith("log-3-2026-10-05T11:00:00Z", "2026-10-05 11:00:00.000", "2026-10-05 11:30:00.000");
        }
    }

    @Test
    void theSummaryTellsWhatItIsAboutAndAddsUp() throws IOException {
        Filter filter = new Filter(Filter.Field.USER_ID, List.of("u-2"));
        try (XSSFWorkbook workbook = workbook(Months.plain(), Month.head(Month.UTC, filter))) {
            XSSFSheet summary = workbook.getSheet("Summary");
            List<List<String>> rows = new ArrayList<>();
            summary.forEach(row -> rows.add(shown(row, 0, 4)));

            assertThat(rows)
                    .contains(
                            List.of("Usage report 2026-10"),
                            List.of("4", "191.75", "3", "90.63", "2"),
                            List.of("Export", "billing"),
                            List.of("From", "2026-10-01", "the first day"),
                            List.of("To", "2026-11-01", "exclusive: the day after the last one"),
                            List.of("Time zone", "UTC", "of every day and time here"),
                            List.of("Applications", "Video (vc), Webinar (wb)"),
                            List.of("Filter", "User ID = u-2"),
                            List.of("Revision", "1"),
                            List.of("Users", "2", "1", "2", ""),
                            List.of("Sessions", "3", "1", "4"),
                            List.of("Session minutes", "71.75", "120.00", "191.75"),
                            List.of("from the sheets", "71.75", "120.00", "191.75", "✓"),
                            List.of("Recorded bytes", "3,145,728", "–", "3,145,728"),
                            List.of("What to look at", "from the sheets"));
            assertThat(summary.getDrawingPatriarch().getCharts()).hasSize(4);
        }
    }

    @Test
    void noChartIsEmptyAndNoBarIsLost() throws IOException {
        Month silent = new Month().with(session("s-1", "u-1", "Ada", "2026-10-01T00:00:00Z", null, AppType.VC));
        try (XSSFWorkbook workbook = workbook(silent, Month.UTC);
                XSSFWorkbook large = workbook(Months.awkward(), Month.UTC)) {
            XSSFSheet summary = workbook.getSheet("Summary");
            List<List<String>> rows = new ArrayList<>();
            summary.forEach(row -> rows.add(shown(row, 6, 6)));

            assertThat(rows).contains(List.of("No session states minutes."), List.of("No user has session minutes."));
            assertThat(summary.getDrawingPatriarch().getCharts()).hasSize(2);
            XSSFChart users =
                    large.getSheet("Summary").getDrawingPatriarch().getCharts().get(1);
            assertThat(users.getCTChart()
                            .getPlotArea()
                            .getBarChartArray(0)
                            .getSerArray(0)
                            .getVal()
                            .getNumRef()
                            .getNumCache()
                            .getPtArray(0)
                            .getV())
                    .as("a figure with too many digits for a cell")
                    .isEqualTo("1.23456789012346E16");
        }
    }

    @Test
    void theSummaryOwnsUpToProblems() throws IOException {
        try (XSSFWorkbook workbook = workbook(Months.awkward(), Month.UTC)) {
            List<List<String>> rows = new ArrayList<>();
            workbook.getSheet("Summary").forEach(row -> rows.add(shown(row, 0, 3)));

            assertThat(rows)
                    .contains(
                            List.of("Problems: parts of sessions that could not be collected", "", "", "2"),
                            List.of("Incomplete: the figures lack what is listed under Problems."),
                            List.of(
                                    "Stated duration differs from connect to disconnect by more than 1 min",
                                    "",
                                    "",
                                    "1"),
                            List.of("No call details", "", "", "1"));
        }
    }

    @Test
    void awkwardTextStaysText() throws IOException {
        try (XSSFWorkbook workbook = workbook(Months.awkward(), Month.BERLIN)) {
            Row session = workbook.getSheet("Sessions").getRow(2);
            assertThat(session.getCell(3).getStringCellValue()).isEqualTo("0012");
            assertThat(session.getCell(4).getCellType()).isEqualTo(CellType.STRING);
            assertThat(session.getCell(4).getStringCellValue()).isEqualTo("=1+1");

            XSSFSheet callDetails = workbook.getSheet("Call details");
            assertThat(IntStream.rangeClosed(2, callDetails.getLastRowNum())
                            .mapToObj(row -> callDetails.getRow(row).getCell(7))
                            .map(cell -> cell == null ? "" : cell.getStringCellValue()))
                    .containsExactly(
                            "+49 123 \"Bo\"",
                            "@cmd|' /C calc'!A0",
                            "\tTab",
                            "lone \uFFFD and \uFFFD, pair \uD83D\uDE00",
                            " blanks ",
                            "two\nlines, \"quoted\"\r\nand\rCR ends\\",
                            "\rstarts with CR",
                            "bell \uFFFD, not a character \uFFFD",
                            "");
            assertThat(callDetails.getRow(6).getCell(1).getStringCellValue()).isEqualTo("_x0041_");
            assertThat(callDetails.getRow(7).getHeightInPoints()).isEqualTo(callDetails.getDefaultRowHeightInPoints());
        }
    }

    @Test
    void wordsInPlaceOfAFigureAreTextAndTheSummarySaysHowMany() throws IOException {
        try (XSSFWorkbook workbook = workbook(Months.withWordsForFigures(), Month.UTC)) {
            List<CellType> sizes = IntStream.rangeClosed(1, 5)
                    .mapToObj(row -> workbook.getSheet("Recordings")
                            .getRow(row)
                            .getCell(6)
                            .getCellType())
                    .toList();
            List<List<String>> summary = new ArrayList<>();
            workbook.getSheet("Summary").forEach(row -> summary.add(shown(row, 0, 3)));

            assertThat(sizes)
                    .containsExactly(
                            CellType.STRING, CellType.STRING, CellType.NUMERIC, CellType.STRING, CellType.STRING);
            assertThat(workbook.getSheet("Recordings").getRow(3).getCell(3).getStringCellValue())
                    .isEqualTo("final");
            assertThat(summary)
                    .contains(List.of(
                            "Recordings with words for stage or size: kept as text, left out of sums", "", "", "5"));
        }
    }

    @Test
    void whatASpreadsheetCantHoldExactlyIsText() throws IOException {
        try (XSSFWorkbook workbook = workbook(Months.awkward(), Month.BERLIN)) {
            Cell minutes = workbook.getSheet("Sessions").getRow(2).getCell(8);
            Cell connected = workbook.getSheet("Call details").getRow(2).getCell(3);

            assertThat(minutes.getCellType()).isEqualTo(CellType.STRING);
            assertThat(minutes.getStringCellValue()).isEqualTo("12345678901234567.89");
            assertThat(connected.getCellType()).isEqualTo(CellType.STRING);
            assertThat(connected.getStringCellValue()).isEqualTo("1899-12-31T11:00:00.000+01:00");
        }
    }

    @Test
    void anEndlessNameIsCut() throws IOException {
        try (XSSFWorkbook workbook = workbook(Months.withName("x".repeat(40_000)), Month.UTC)) {
            assertThat(workbook.getSheet("Sessions").getRow(1).getCell(4).getStringCellValue())
                    .hasSize(32_767)
                    .endsWith("x… [cut]");
        }
    }

    @Test
    void aSheetThatIsFullGoesOnInTheNext() throws IOException {
        Month month = Months.of(7);
        Path file = folder.resolve("small-sheets.xlsx");
        long rows;
        try (OutputStream out = Files.newOutputStream(file)) {
            ReportHead head = Month.head(Month.UTC);
            rows = new WorkbookWriter(contents(month, head), new Wording(Language.EN), 4)
                    .write(out, folder.resolve("tmp"));
        }

        try (XSSFWorkbook workbook = new XSSFWorkbook(file.toFile().getPath())) {
            assertThat(rows).as("1 user, 1 day, 7 sessions, 14 findings").isEqualTo(23);
            assertThat(sheetNames(workbook))
                    .startsWith("Summary", "Users", "Days", "Sessions", "Sessions (2)", "Sessions (3)", "Call details");
            assertThat(IntStream.rangeClosed(3, 5)
                            .map(sheet -> workbook.getSheetAt(sheet).getLastRowNum()))
                    .containsExactly(3, 3, 1);
            assertThat(workbook.getSheet("Sessions (2)").getRow(1).getCell(0).getStringCellValue())
                    .isEqualTo("s-4");
            assertThat(shown(workbook.getSheet("Sessions (3)").getRow(0)))
                    .isEqualTo(shown(workbook.getSheet("Sessions").getRow(0)));
        }
    }

    @Test
    void rowsThatCantBeSpilledAreAWriteError() throws IOException {
        Path file = Files.createFile(folder.resolve("no-folder"));
        Contents contents = contents(new Month(), Month.head(Month.UTC));

        assertThatIOException()
                .isThrownBy(() -> new WorkbookWriter(contents, new Wording(Language.EN), WorkbookWriter.ROW_LIMIT)
                        .write(OutputStream.nullOutputStream(), file.resolve("tmp")));
    }

    private static Contents contents(Month month, ReportHead head) {
        Figures figures = Figures.of(month, head.period(), Month.reconciliation(head), null);
        return new Contents(head, month, Month.reconciliation(head), Month.unrated(), null, () -> figures);
    }

    @Test
    void theSameDataGivesTheSameBytesWithoutATimeOfDay() throws IOException {
        Path once = render(Months.awkward(), Month.head(Month.BERLIN), "once");
        Path again = render(Months.awkward(), Month.head(Month.BERLIN), "again");

        assertThat(again).hasSameBinaryContentAs(once);
        try (ZipFile zip = new ZipFile(once.toFile());
                XSSFWorkbook workbook = new XSSFWorkbook(once.toFile().getPath())) {
            assertThat(Collections.list(zip.entries()).stream()
                            .map(ZipEntry::getTime)
                            .distinct())
                    .hasSize(1);
            assertThat(workbook.getProperties().getCoreProperties().getCreated())
                    .isEqualTo(Date.from(Month.head(Month.BERLIN).period().end()));
            assertThat(workbook.getProperties().getCoreProperties().getModified())
                    .isEqualTo(Date.from(Month.head(Month.BERLIN).period().end()));
        }
    }

    @Test
    void everyPartIsXmlAndAnotherLibraryReadsTheSame() throws Exception {
        Path file = render(Months.awkward(), Month.head(Month.UTC), "other");

        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry part : Collections.list(zip.entries())) {
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(zip.getInputStream(part));
            }
        }
        try (ReadableWorkbook workbook = new ReadableWorkbook(file.toFile());
                Stream<org.dhatim.fastexcel.reader.Row> rows =
                        workbook.findSheet("Sessions").orElseThrow().openStream()) {
            org.dhatim.fastexcel.reader.Row row = rows.skip(2).findFirst().orElseThrow();
            assertThat(row.getCellAsString(4)).hasValue("=1+1");
            assertThat(row.getCellAsDate(5)).hasValue(LocalDateTime.parse("2026-10-25T00:30:00.001"));
            assertThat(row.getCellText(8)).isEqualTo("12345678901234567.89");
            assertThat(row.getCellText(9)).isEqualTo("Video (vc)");
        }
    }

    private XSSFWorkbook workbook(Month month, ZoneId zone) throws IOException {
        return workbook(month, Month.head(zone));
    }

    private XSSFWorkbook workbook(Month month, ReportHead head) throws IOException {
        return new XSSFWorkbook(
                render(month, head, "read-" + month.hashCode()).toFile().getPath());
    }

    private Path render(Month month, ReportHead head, String name) throws IOException {
        Path own = Files.createDirectories(folder.resolve(name));
        Report report = new Report(head, month, Month.properties(Format.XLSX), Month.unrated());
        report.render("billing_2026-10.xlsx", own);
        assertThat(own).isDirectoryNotContaining("glob:**/.*");
        assertThat(month.openStreams).hasValue(0);
        return own.resolve("billing_2026-10.xlsx");
    }

    private static List<String> sheetNames(XSSFWorkbook workbook) {
        return sheets(workbook).stream().map(XSSFSheet::getSheetName).toList();
    }

    private static List<XSSFSheet> sheets(XSSFWorkbook workbook) {
        return IntStream.range(0, workbook.getNumberOfSheets())
                .mapToObj(workbook::getSheetAt)
                .toList();
    }

    private static List<String> formats(Row row, int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(column -> row.getCell(column).getCellStyle().getDataFormatString())
                .toList();
    }

    private static List<String> shown(Row row, int first, int last) {
        DataFormatter formatter = new DataFormatter(Locale.ROOT);
        formatter.setUseCachedValuesForFormulaCells(true);
        List<String> cells = new ArrayList<>();
        for (int i = first; i <= last; i++) {
            if (row.getCell(i) != null) {
                cells.add(formatter.formatCellValue(row.getCell(i)).strip());
            }
        }
        return cells;
    }

    private static List<String> shown(Row row) {
        DataFormatter formatter = new DataFormatter(Locale.ROOT);
        List<String> cells = new ArrayList<>();
        row.forEach(cell -> cells.add(formatter.formatCellValue(cell).strip()));
        return cells;
    }
}
