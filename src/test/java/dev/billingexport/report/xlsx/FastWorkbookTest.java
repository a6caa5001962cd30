package dev.billingexport.report.xlsx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.report.table.Language;
import dev.billingexport.report.table.Wording;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.poi.ss.usermodel.BorderStyle;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.FormulaError;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.streaming.SXSSFSheet;
import org.apache.poi.xssf.streaming.SXSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faster than POI's own streaming workbook, and the same in every part. */
class FastWorkbookTest {

    private static final int ROWS = 2_000;
    private static final double[] NUMBERS = {
        0, -0.0, 1, -1.5, 61.5, 46_296.000_059_259_26, 9_999_999, 10_000_000, 8_812_756_992.0, 1e15, 1e-9, 1e300
    };
    /** What has to be escaped, what can't be written, and what takes more than one byte or char. */
    private static final String[] PIECES = {
        "<",
        ">",
        "&",
        "\"",
        "'",
        "\n",
        "\r",
        "\t",
        "\u00A0",
        "\u0007",
        "\uFFFE",
        "\uFFFF",
        "\uD83D",
        "\uDE00",
        "\uD83D\uDE00",
        "é",
        "王",
        "محمد",
        " ",
        "_x0041_",
        "plain",
        "0012",
        "=1+1"
    };

    @TempDir
    Path folder;

    @Test
    void itWritesEveryCellAsPoiDoes() throws IOException {
        try (SXSSFWorkbook fast = new FastWorkbook();
                SXSSFWorkbook stock = new SXSSFWorkbook(FastWorkbook.ROWS_IN_MEMORY)) {
            Map<String, List<String>> expected = parts(stock, folder.resolve("stock.xlsx"));
            Map<String, List<String>> written = parts(fast, folder.resolve("fast.xlsx"));
            assertThat(written).containsOnlyKeys(expected.keySet()).containsKey("xl/worksheets/sheet2.xml");
            written.forEach((part, lines) -> assertThat(lines).as(part).containsExactlyElementsOf(expected.get(part)));
        }
    }

    /** All parts of a workbook with cells of every kind, the same ones every time. */
    private static Map<String, List<String>> parts(SXSSFWorkbook workbook, Path file) throws IOException {
        Random random = new Random(42);
        Styles styles = new Styles(workbook.getXSSFWorkbook(), BorderStyle.NONE, new Wording(Language.EN));
        CellStyle[] looks = {
            workbook.getCellStyleAt(0), styles.text.get(), styles.time.get(), styles.decimal.get(), styles.link.get()
        };
        for (String name : new String[] {"One", "Two"}) {
            SXSSFSheet sheet = workbook.createSheet(name);
            for (int number = 0; number < ROWS; number++) {
                // Above stand the texts that are shared, which POI's own does not do.
                Row row = sheet.createRow(SharedTexts.ROWS + 2 * number + random.nextInt(2));
                if (random.nextInt(5) == 0) {
                    row.setHeightInPoints(20);
                }
                for (int column = 0; column < 30; column++) {
                    if (random.nextInt(5) > 0) {
                        Cell cell = row.createCell(column);
                        cell.setCellStyle(looks[random.nextInt(looks.length)]);
                        fill(cell, random);
                    }
                }
            }
        }
        try (OutputStream out = Files.newOutputStream(file)) {
            workbook.write(out);
        }
        Map<String, List<String>> parts = new TreeMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry part : Collections.list(zip.entries())) {
                // The properties hold the time of day.
                if (!part.getName().startsWith("docProps/")) {
                    parts.put(
                            part.getName(),
                            new String(zip.getInputStream(part).readAllBytes(), StandardCharsets.UTF_8)
                                    .replaceAll("<cellStyles.*</cellStyles>", "")
                                    .lines()
                                    .toList());
                }
            }
        }
        return parts;
    }

    private static void fill(Cell cell, Random random) {
        switch (random.nextInt(10)) {
            case 0 -> cell.setBlank();
            case 1 -> cell.setCellValue(random.nextBoolean());
            case 2 -> cell.setCellErrorValue(FormulaError.NA.getCode());
            case 3 -> {
                cell.setCellValue(text(random));
                cell.setCellFormula("HYPERLINK(\"#'One'!A2\",\"<&>\")");
            }
            case 4 -> {
                cell.setCellValue(number(random));
                cell.setCellFormula("SUM(A1:A2)");
            }
            case 5, 6 -> cell.setCellValue(number(random));
            default -> cell.setCellValue(text(random));
        }
    }

    private static double number(Random random) {
        return random.nextBoolean() ? NUMBERS[random.nextInt(NUMBERS.length)] : random.nextGaussian() * 100_000;
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int pieces = random.nextInt(100) == 0 ? 4_000 : random.nextInt(6);
        for (int i = 0; i < pieces; i++) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }
}
