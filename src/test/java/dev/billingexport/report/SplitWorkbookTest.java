package dev.billingexport.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.billingexport.delivered.CsvLayout;
import dev.billingexport.delivered.DeliveredTables;
import dev.billingexport.report.rating.Tariff;
import dev.billingexport.session.AppType;
import dev.billingexport.session.CallDetail;
import dev.billingexport.session.NumberOrText;
import dev.billingexport.session.Problem;
import dev.billingexport.session.Recording;
import dev.billingexport.session.Session;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.CellValue;
import org.apache.poi.ss.usermodel.FormulaEvaluator;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A workbook that goes to one customer: it has all that is theirs, adds up by itself, and knows nothing of anybody else. */
class SplitWorkbookTest {

    /** In every text and every number of a split's rows, and in nobody else's. */
    private static final Map<String, List<String>> MARKS = Map.of(
            "alpha", List.of("alpha", "7316"),
            "beta", List.of("beta", "8529"),
            "../gamma", List.of("gamma", "9647"),
            "", List.of("delta", "5883"));

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"user_id, en", "room_id, en", "user_id, de"})
    void nothingOfAnybodyElseIsInAnyPart(String by, String locale) throws IOException {
        Map<String, String> files =
                Map.of("alpha", "alpha.xlsx", "beta", "beta.xlsx", "../gamma", "%2E%2E%2Fgamma.xlsx", "", "%none.xlsx");
        render("split-by=" + by, "locale=" + locale);

        files.forEach((value, file) -> {
            String all = content(folder.resolve("by-" + by).resolve(file));
            MARKS.forEach((other, marks) -> {
                if (other.equals(value)) {
                    assertThat(all).contains(marks);
                } else {
                    assertThat(all).as("%s of %s", file, by).doesNotContain(marks);
                }
            });
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            room_id | alpha      | Usage report 2026-10: Room alpha
            room_id | %none      | Usage report 2026-10: Sessions without a room
            room_id | %2E%2E%2Fgamma | Usage report 2026-10: Room ../gamma
            """)
    void itIsAWholeWorkbookThatAddsUp(String by, String file, String title) throws IOException {
        render("split-by=" + by);

        try (XSSFWorkbook workbook = open(by, file)) {
            XSSFSheet summary = workbook.getSheet("Summary");
            assertThat(summary.getRow(0).getCell(0).getStringCellValue()).isEqualTo(title);
            assertThat(workbook.sheetIterator())
                    .toIterable()
                    .extracting(sheet -> sheet.getSheetName())
                    .containsExactly(
                            "Summary",
                            "Users",
                            "Days",
                            "Sessions",
                            "Call details",
                            "Recordings",
                            "Reconciliation",
                            "Charges",
                            "Problems");
            assertThat(summary.getDrawingPatriarch().getCharts()).isNotEmpty();
            assertThatFormulasGiveWhatTheyShow(workbook, summary);
        }
    }

    @Test
    void aMinimumIsAUsersAndNoRooms() throws IOException {
        render("split-by=user_id");
        render("split-by=room_id");

        try (XSSFWorkbook ofUser = open("user_id", "beta");
                XSSFWorkbook ofRoom = open("room_id", "beta")) {
            assertThat(column(ofUser.getSheet("Statement"), 0)).contains("Minimum", "Participant minutes");
            assertThat(column(ofRoom.getSheet("Charges"), 3))
                    .contains("Participant minutes")
                    .doesNotContain("Minimum");
            assertThat(column(ofRoom.getSheet("Charges"), 0)).noneMatch(words -> words.startsWith("Minimum"));
            assertThat(column(ofUser.getSheet("Statement"), 0))
                    .last()
                    .asString()
                    .startsWith("Minimum: what the charges lack");
        }
    }

    @Test
    void aProblemOfASessionThatIsNotThereIsInTheWholeWorkbookOnly() throws IOException {
        render("split-by=user_id");

        assertThat(content(folder.resolve("billing_2026-10.xlsx"))).contains("s-gone", "no session of anybody");
        for (String file : List.of("alpha", "beta", "%2E%2E%2Fgamma", "%none")) {
            assertThat(content(folder.resolve("by-user_id/" + file + ".xlsx"))).doesNotContain("s-gone", "of anybody");
        }
    }

    @Test
    void whatAllSessionsWereBeforeIsInTheWholeWorkbookOnly() throws IOException {
        Report earlier =
                new Report(Month.head(Month.UTC), Months.plain(), Month.properties("formats=csv"), Month.unrated());
        Map<String, Path> files = new HashMap<>();
        for (RenderedFile file : Rendered.all(earlier, folder)) {
            files.put(file.name(), folder.resolve(file.name()));
        }
        Path scratch = Files.createDirectory(folder.resolve("scratch"));
        Report report = report("split-by=user_id");
        Report amending = report.amending(
                DeliveredTables.of(files, CsvLayout.PLAIN).orElseThrow().changes(1, report.tables(), scratch));
        Rendered.all(amending, folder);

        assertThat(content(folder.resolve("billing_2026-10.xlsx"))).contains("amendments", "u-2", "since revision 1");
        assertThat(content(folder.resolve("by-user_id/alpha.xlsx")))
                .doesNotContain("amendments", "u-2", "since revision 1");
    }

    @Test
    void withoutWorkbooksThereIsNothingToSplit() {
        assertThat(Rendered.names(report("formats=csv", "split-by=user_id"))).noneMatch(name -> name.contains("by-"));
    }

    private void render(String... settings) throws IOException {
        Rendered.all(report(settings), folder);
    }

    private static Report report(String... settings) {
        List<String> all = new ArrayList<>(List.of(settings));
        if (all.stream().noneMatch(setting -> setting.startsWith("formats"))) {
            all.add("formats=xlsx");
        }
        Tariff rating = Month.rated(
                "currency=EUR",
                "prices.vc.participant-minute=0.5",
                "prices.vc.recorded-minute=1",
                "prices.wb.participant-minute=1",
                "prices.wb.recorded-minute=1",
                "round-up-to=none",
                "minimum=1000000");
        return new Report(
                Month.head(Month.UTC), month(), Month.properties("tolerance=2m", all.toArray(String[]::new)), rating);
    }

    private static Month month() {
        Month month = new Month();
        Map<String, List<String>> marks = new LinkedHashMap<>();
        List.of("beta", "", "alpha", "../gamma").forEach(value -> marks.put(value, MARKS.get(value)));
        for (AppType appType : AppType.values()) {
            marks.forEach((value, mark) -> add(month, value, mark.get(0), mark.get(1), appType));
        }
        return month.with(new Problem("s-gone", null, Problem.Part.SESSION, "It is no session of anybody.", 1));
    }

    private static void add(Month month, String value, String word, String number, AppType appType) {
        Instant start = Instant.parse("2026-10-05T09:00:00Z");
        String id = "s-" + word + "-" + appType.code();
        String field = value.isEmpty() ? null : value;
        month.with(
                        new Session(
                                id,
                                "m-" + word,
                                field,
                                field,
                                "Name of " + word,
                                start,
                                start,
                                start.plusSeconds(60),
                                new BigDecimal(number + ".25"),
                                appType),
                        new CallDetail(
                                "n-" + word,
                                "log-" + word,
                                start,
                                start.plusSeconds(60),
                                new BigDecimal(number + ".5"),
                                "ref-" + word,
                                "Guest of " + word,
                                "moderator",
                                "ip-" + word,
                                "agent-" + word),
                        new Recording(
                                "https://files.example.com/" + word,
                                new BigDecimal(number),
                                NumberOrText.of(BigDecimal.ONE),
                                start,
                                start.plusSeconds(60),
                                NumberOrText.of(new BigDecimal(number + "000"))))
                .with(new Problem(id, start, Problem.Part.RECORDINGS, "It fails for " + word + ".", 6));
    }

    private XSSFWorkbook open(String by, String file) throws IOException {
        return new XSSFWorkbook(
                folder.resolve("by-" + by).resolve(file + ".xlsx").toFile().getPath());
    }

    private static void assertThatFormulasGiveWhatTheyShow(XSSFWorkbook workbook, XSSFSheet summary) {
        FormulaEvaluator evaluator = workbook.getCreationHelper().createFormulaEvaluator();
        int formulas = 0;
        for (Row row : summary) {
            for (Cell cell : row) {
                if (cell.getCellType() == CellType.FORMULA) {
                    formulas++;
                    CellValue given = evaluator.evaluate(cell);
                    if (cell.getCachedFormulaResultType() == CellType.NUMERIC) {
                        assertThat(given.getNumberValue())
                                .as(cell.getAddress() + ": " + cell)
                                .isCloseTo(cell.getNumericCellValue(), within(1e-9));
                    } else {
                        assertThat(given.getStringValue())
                                .as(cell.getAddress() + ": " + cell)
                                .isEqualTo(cell.getStringCellValue());
                    }
                }
            }
        }
        assertThat(formulas).isGreaterThan(30);
    }

    private static List<String> column(XSSFSheet sheet, int column) {
        List<String> texts = new ArrayList<>();
        for (Row row : sheet) {
            Cell cell = row.getCell(column);
            if (cell != null
                    && cell.getCellType() == CellType.STRING
                    && !cell.getStringCellValue().isEmpty()) {
                texts.add(cell.getStringCellValue());
            }
        }
        return texts;
    }

    /** Every byte of every part. */
    private static String content(Path workbook) {
        StringBuilder content = new StringBuilder();
        try (ZipFile zip = new ZipFile(workbook.toFile())) {
            for (Enumeration<? extends ZipEntry> parts = zip.entries(); parts.hasMoreElements(); ) {
                ZipEntry part = parts.nextElement();
                content.append(part.getName()).append('\n');
                content.append(new String(zip.getInputStream(part).readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return content.toString().toLowerCase(Locale.ROOT);
    }
}
