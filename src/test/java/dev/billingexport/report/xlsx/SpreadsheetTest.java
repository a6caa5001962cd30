package dev.billingexport.report.xlsx;

import static dev.billingexport.report.Month.callDetail;
import static dev.billingexport.report.Month.recording;
import static dev.billingexport.report.Month.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.billingexport.report.Month;
import dev.billingexport.report.Months;
import dev.billingexport.report.rating.Tariff;
import dev.billingexport.report.table.Contents;
import dev.billingexport.report.table.Figures;
import dev.billingexport.report.table.Language;
import dev.billingexport.report.table.ReportHead;
import dev.billingexport.report.table.Wording;
import dev.billingexport.session.AppType;
import dev.billingexport.testing.InstalledProgram;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.imageio.ImageIO;
import org.apache.poi.schemas.ooxml.system.ooxml.TypeSystemHolder;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.CellValue;
import org.apache.poi.ss.usermodel.FormulaEvaluator;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.apache.xmlbeans.XmlException;
import org.apache.xmlbeans.XmlOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Excel would make of a workbook, as far as that can be known without Excel. */
class SpreadsheetTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"plain", "awkward", "empty", "one", "no minutes", "long names"})
    void everyPartIsValidByTheSchema(String scenario) throws Exception {
        try (ZipFile zip = new ZipFile(render(month(scenario), 4).toFile())) {
            List<String> faults = new ArrayList<>();
            for (ZipEntry part : Collections.list(zip.entries())) {
                // Packaging has schemas of its own, which are POI's affair.
                if (part.getName().startsWith("xl/") && !part.getName().endsWith(".rels")) {
                    faults.addAll(faults(zip, part));
                }
            }
            assertThat(faults).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "empty", "one"})
    void formulasGiveTheValuesBesideThem(String scenario) throws IOException {
        for (int rowLimit : new int[] {WorkbookWriter.ROW_LIMIT, 4}) {
            try (XSSFWorkbook workbook =
                    new XSSFWorkbook(render(month(scenario), rowLimit).toFile().getPath())) {
                FormulaEvaluator evaluator = workbook.getCreationHelper().createFormulaEvaluator();
                int checked = 0;
                for (XSSFSheet sheet : sheets(workbook)) {
                    for (Cell cell : cells(sheet)) {
                        if (cell.getCellType() == CellType.FORMULA) {
                            CellValue value = evaluator.evaluate(cell);
                            if (cell.getCachedFormulaResultType() == CellType.NUMERIC) {
                                assertThat(value.getNumberValue())
                                        .as("%s of %s", cell.getCellFormula(), cell.getAddress())
                                        .isCloseTo(cell.getNumericCellValue(), within(1e-9));
                            } else {
                                assertThat(value.getStringValue()).isEqualTo(cell.getStringCellValue());
                            }
                            checked++;
                        }
                    }
                }
                assertThat(checked).isGreaterThan(20);
            }
        }
    }

    @Test
    void aDetailLeadsToItsSession() throws IOException {
        try (XSSFWorkbook workbook =
                new XSSFWorkbook(render(Months.plain(), 4).toFile().getPath())) {
            Cell last = workbook.getSheet("Call details").getRow(3).getCell(0);
            Cell first = workbook.getSheet("Call details").getRow(1).getCell(0);

            assertThat(first.getCellFormula()).isEqualTo("HYPERLINK(\"#'Sessions'!A2\",\"s-1\")");
            assertThat(last.getCellFormula()).isEqualTo("HYPERLINK(\"#'Sessions (2)'!A2\",\"s-4\")");
            assertThat(workbook.getSheet("Sessions (2)").getRow(1).getCell(0).getStringCellValue())
                    .isEqualTo("s-4");
        }
    }

    @Test
    void anIdThatAFormulaCantHoldIsPlainText() throws IOException {
        Month month = new Month();
        for (String id : List.of("a\"b", "x".repeat(256), "_x0041_")) {
            month.with(
                    session(id, "u-1", "Ada", "2026-10-01T00:00:00Z", "1", AppType.VC),
                    callDetail("1", "Ada", "2026-10-01T00:00:00Z", "1"));
        }
        try (XSSFWorkbook workbook = new XSSFWorkbook(
                render(month, WorkbookWriter.ROW_LIMIT).toFile().getPath())) {
            for (int row = 1; row <= 3; row++) {
                Cell cell = workbook.getSheet("Call details").getRow(row).getCell(0);
                assertThat(cell.getCellType()).isEqualTo(CellType.STRING);
            }
            assertThat(workbook.getSheet("Call details").getRow(1).getCell(0).getStringCellValue())
                    .isEqualTo("a\"b");
        }
    }

    /**
     * Both at once, since LibreOffice takes longer to start than for a workbook. Its picture of the sample's Summary is the
     * one that the README shows, once it is copied from target.
     */
    @Test
    void libreOfficeShowsEverySheetWithoutATooNarrowColumnAndTheSamplesCharts() throws Exception {
        Path large = render(month("large figures"), WorkbookWriter.ROW_LIMIT);
        Path sample = Path.of("samples/expected/sample_2026-10.xlsx");
        makePdfs(large, sample);

        assertThat(text(pdf(large)))
                .doesNotContain("###", "#VALUE!", "#REF!", "#NAME?", "Err:")
                .contains("Usage report 2026-10", "999,999,999,999,999", "123,456,789.12", "Largest users");
        assertThat(text(pdf(sample)))
                .doesNotContain("###", "#VALUE!", "#REF!", "#NAME?", "Err:", "≠")
                .contains("Usage report 2026-10", "1,657.95", "Sessions by weekday", "Ends after the period");
        Path picture = Path.of("target/workbook").toAbsolutePath();
        program("pdftoppm")
                .run(
                        folder,
                        "-png",
                        "-singlefile",
                        "-r",
                        "100",
                        "-W",
                        "1040",
                        "-H",
                        "780",
                        pdf(sample).toString(),
                        picture.toString());
        BufferedImage image = ImageIO.read(new File(picture + ".png"));
        assertThat(image.getWidth()).isGreaterThan(1_000);
        assertThat(dots(image, 0x2F6FB5)).as("bars of the first colour").isGreaterThan(5_000);
        assertThat(dots(image, 0xE08A2E)).as("bars of the second colour").isGreaterThan(1_000);
    }

    private void makePdfs(Path one, Path other) throws Exception {
        program("soffice")
                .run(
                        folder,
                        "-env:UserInstallation=" + folder.resolve("office").toUri(),
                        "--headless",
                        "--convert-to",
                        "pdf",
                        "--outdir",
                        folder.toString(),
                        one.toString(),
                        other.toString());
    }

    private Path pdf(Path workbook) {
        return folder.resolve(workbook.getFileName().toString().replace(".xlsx", ".pdf"));
    }

    private String text(Path pdf) throws Exception {
        return program("pdftotext").run(folder, "-layout", pdf.toString(), "-");
    }

    private static InstalledProgram program(String name) {
        Optional<InstalledProgram> program = InstalledProgram.find(name);
        assumeTrue(program.isPresent(), name + " is not installed");
        return program.orElseThrow();
    }

    private static long dots(BufferedImage image, int color) {
        return IntStream.range(0, image.getWidth() * image.getHeight())
                .filter(i -> (image.getRGB(i % image.getWidth(), i / image.getWidth()) & 0xFFFFFF) == color)
                .count();
    }

    private static Month month(String scenario) {
        return switch (scenario) {
            case "plain" -> Months.plain();
            case "awkward" -> Months.awkward();
            case "empty" -> new Month();
            case "one" ->
                new Month()
                        .with(
                                session("s-1", "u-1", "محمد 😀", "2026-10-01T00:00:05.120Z", "60", AppType.VC),
                                callDetail("1", "Ada", "2026-10-01T00:00:10Z", "31.5"),
                                recording(1, "60", "1048576"));
            case "no minutes" ->
                new Month().with(session("s-1", "u-1", "Ada", "2026-10-01T00:00:05.120Z", null, AppType.VC));
            case "long names" -> Months.withName("_x0041_\u0000\u0007\uFFFE".repeat(5_000));
            case "large figures" ->
                new Month()
                        .with(
                                session("s-1", "u-1", "Ada", "2026-10-01T00:00:05Z", "123456789.1234", AppType.VC),
                                callDetail("1", "Ada", "2026-10-01T00:00:10Z", "123456789.1234"),
                                recording(1, "999999999", "999999999999999"));
            default -> throw new IllegalArgumentException(scenario);
        };
    }

    private Path render(Month month, int rowLimit) throws IOException {
        ReportHead head = Month.head(Month.UTC);
        Tariff rating = Month.rated(
                "currency=EUR",
                "prices.vc.participant-minute=0.125",
                "prices.vc.recorded-minute=1",
                "amount-rounding=half-up",
                "minimum=20");
        Figures figures = Figures.of(month, head.period(), Month.reconciliation(head), rating);
        Contents contents = new Contents(head, month, Month.reconciliation(head), rating, null, () -> figures);
        Path file = folder.resolve("book.xlsx");
        try (OutputStream out = Files.newOutputStream(file)) {
            new WorkbookWriter(contents, new Wording(Language.EN), rowLimit).write(out, folder.resolve("tmp"));
        }
        return file;
    }

    private static List<String> faults(ZipFile zip, ZipEntry part) throws IOException, XmlException {
        try (InputStream in = zip.getInputStream(part)) {
            List<org.apache.xmlbeans.XmlError> errors = new ArrayList<>();
            TypeSystemHolder.typeSystem
                    .parse(in, null, new XmlOptions())
                    .validate(new XmlOptions().setErrorListener(errors));
            return errors.stream()
                    // Excel writes xml:space into texts, whatever its schema says.
                    .filter(error -> !error.getMessage().contains("space@http://www.w3.org/XML/1998/namespace"))
                    .map(error -> part.getName() + ": " + error.getMessage())
                    .toList();
        }
    }

    private static List<XSSFSheet> sheets(XSSFWorkbook workbook) {
        List<XSSFSheet> sheets = new ArrayList<>();
        workbook.forEach(sheet -> sheets.add((XSSFSheet) sheet));
        return sheets;
    }

    private static List<Cell> cells(XSSFSheet sheet) {
        List<Cell> cells = new ArrayList<>();
        sheet.forEach(row -> row.forEach(cells::add));
        return cells;
    }
}
