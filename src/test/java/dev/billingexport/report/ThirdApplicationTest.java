package dev.billingexport.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.report.table.ReportHead;
import dev.billingexport.session.AppType;
import dev.billingexport.testing.SecondJvm;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.DataFormatter;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.xssf.usermodel.XSSFChart;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One more application is added to {@link AppType} and nothing else; a JVM with that class renders a report. */
class ThirdApplicationTest {

    private static final Pattern COLOR = Pattern.compile("<c:ser>.*?srgbClr val=\"([0-9A-F]{6})\"", Pattern.DOTALL);

    /** The new one's, from 0. */
    private static final int NUMBER = AppType.values().length;

    @TempDir
    Path folder;

    @Test
    void aThirdApplicationIsInEveryFileAndChart() throws Exception {
        render();

        for (String table : List.of("sessions", "call-details", "recordings", "users", "days", "charges")) {
            assertThat(folder.resolve(table + ".csv")).content().contains(",xy");
        }
        assertThat(folder.resolve("report.html"))
                .content()
                .contains("<th scope=\"col\">xy</th>", "<rect class=\"s" + NUMBER + "\"", ".s" + NUMBER + " { fill: #");
        try (XSSFWorkbook workbook =
                new XSSFWorkbook(folder.resolve("billing_2026-10.xlsx").toFile())) {
            for (String sheet :
                    List.of("Summary", "Users", "Days", "Sessions", "Call details", "Recordings", "Charges")) {
                assertThat(texts(workbook.getSheet(sheet))).as(sheet).contains("xy");
            }
            assertThat(texts(workbook.getSheet("Summary"))).doesNotContain("\u2260");
            assertThat(colors(workbook)).hasSize(NUMBER + 1);
        }
    }

    private void render() throws IOException, InterruptedException {
        Path original = Path.of("src", "main", "java", "dev", "billingexport", "session", "AppType.java");
        Path source = folder.resolve("AppType.java");
        Files.writeString(source, Files.readString(original).replaceFirst("(?m)^(    [A-Z]+);", "$1, XY;"));
        Path classes = Files.createDirectory(folder.resolve("classes"));
        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-d",
                        classes.toString(),
                        source.toString());
        assertThat(compiled).isZero();
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(SecondJvm.java(
                        "-cp",
                        classes + File.pathSeparator + System.getProperty("java.class.path"),
                        ThreeApplications.class.getName(),
                        folder.toString()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(process.waitFor()).as(Files.readString(log)).isZero();
    }

    /** What the second JVM runs. */
    static final class ThreeApplications {

        private ThreeApplications() {}

        public static void main(String[] arguments) throws IOException {
            AppType third = AppType.ofCode("xy").orElseThrow();
            ReportHead two = Month.head(Month.UTC);
            ReportHead three = new ReportHead(
                    two.export(), two.period(), new TreeSet<>(List.of(AppType.values())), two.filter(), two.revision());
            Month month = new Month()
                    .with(Month.session("s-1", "u-1", "Ada", "2026-10-01T00:00:00Z", "60", AppType.VC))
                    .with(Month.session("s-2", "u-2", "Bo", "2026-10-02T00:00:00Z", "60", AppType.WB))
                    .with(
                            Month.session("s-3", "u-3", "Cy", "2026-10-03T00:00:00Z", "60", third),
                            Month.callDetail("1", "Cy", "2026-10-03T00:00:10Z", "30"),
                            Month.recording(1, "60", "1024"));
            Report report = new Report(
                    three,
                    month,
                    Month.properties(Format.XLSX, Format.CSV, Format.HTML),
                    Month.rated("currency=EUR", "prices.xy.participant-minute=0.01"));
            Rendered.all(report, Path.of(arguments[0]));
        }
    }

    private static Set<String> texts(Sheet sheet) {
        DataFormatter formatter = new DataFormatter();
        formatter.setUseCachedValuesForFormulaCells(true);
        Set<String> texts = new HashSet<>();
        for (Row row : sheet) {
            for (Cell cell : row) {
                texts.add(formatter.formatCellValue(cell).strip());
            }
        }
        return texts;
    }

    /** The colours of the chart of days, which has a series for each application. */
    private static Set<String> colors(XSSFWorkbook workbook) throws IOException {
        List<Set<String>> all = new ArrayList<>();
        for (XSSFChart chart :
                workbook.getSheet("Summary").getDrawingPatriarch().getCharts()) {
            Matcher series = COLOR.matcher(
                    new String(chart.getPackagePart().getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            Set<String> colors = new HashSet<>();
            while (series.find()) {
                colors.add(series.group(1));
            }
            all.add(colors);
        }
        return all.get(0);
    }
}
