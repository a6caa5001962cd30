package dev.billingexport.report.csv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.report.Format;
import dev.billingexport.report.Month;
import dev.billingexport.report.Months;
import dev.billingexport.report.Rendered;
import dev.billingexport.report.RenderedFile;
import dev.billingexport.report.Report;
import dev.billingexport.report.ReportProperties;
import dev.billingexport.session.AppType;
import dev.billingexport.session.CallDetail;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The CSV files against golden ones, byte for byte, and read back by another library. */
class CsvFilesTest {

    private static final String GOLDEN = "src/test/resources/dev/billingexport/report/csv/";

    /** What was rendered stays here, so that it can be taken over. */
    private static final Path RENDERED = Path.of("target/golden");

    private static final String TAKE_OVER =
            "%s of %s; where the change is meant: cp -r " + RENDERED + "/. " + GOLDEN + ", then read \"git diff\"";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"plain-month, UTC, false", "awkward-texts, Europe/Berlin, true"})
    void filesAreTheGoldenOnes(String scenario, ZoneId zone, boolean problems) throws IOException {
        Month month = scenario.equals("plain-month") ? Months.plain() : Months.awkward();
        Report report = new Report(Month.head(zone), month, Month.properties(Format.CSV), Month.unrated());

        assertThat(Rendered.names(report))
                .startsWith("users.csv", "days.csv", "sessions.csv", "call-details.csv", "recordings.csv")
                .contains("reconciliation.csv")
                .hasSize(problems ? 7 : 6);
        assertGolden(report, scenario);
        assertThat(month.openStreams).hasValue(0);
    }

    /** What is in the header differs from machine to machine with other tools, and so did it with older JDKs. */
    @Test
    void compressedFilesAreTheGoldenOnesBehindAHeaderThatSaysNothing() throws IOException {
        Report report = new Report(
                Month.head(Month.UTC),
                Months.plain(),
                Month.properties("formats=csv", "csv.gzip=true"),
                Month.unrated());

        assertThat(Rendered.names(report)).hasSize(6).allMatch(name -> name.endsWith(".csv.gz"));
        for (RenderedFile file : Rendered.all(report, folder)) {
            byte[] bytes = Files.readAllBytes(folder.resolve(file.name()));
            byte[] golden = golden("plain-month", file.name().replace(".gz", ""));

            assertThat(HexFormat.of().formatHex(bytes, 0, 10)).isEqualTo("1f8b08000000000000ff");
            assertThat(new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes())
                    .isEqualTo(golden);
            assertThat(file.bytes()).isEqualTo(bytes.length);
            assertThat(file.rows())
                    .isEqualTo(
                            new String(golden, StandardCharsets.UTF_8).lines().count() - 1);
        }
    }

    /** As a German spreadsheet opens it with a double click. */
    @Test
    void separatorDecimalAndByteOrderMarkAreThoseOfTheSettings() throws IOException {
        ReportProperties settings = Month.properties("formats=csv", "csv.separator=;", "csv.decimal=,", "csv.bom=true");
        Month month = Months.plain()
                .with(Month.session("s-5", "u;3", "Lovelace, Ada; -1,5", "2026-10-31T23:40:00Z", "1.5", AppType.WB));
        Report report = new Report(Month.head(Month.UTC), month, settings, Month.unrated());

        assertGolden(report, "semicolon-decimal-comma");
    }

    @Test
    void textComesBackExactlyButForTheGuard() throws IOException {
        ReportProperties unguarded = Month.properties("formats=csv", "csv.formula-guard=false");
        new Report(Month.head(Month.UTC), Months.awkward(), unguarded, Month.unrated())
                .render("call-details.csv", folder);

        List<String> expected = Months.awkward()
                .details()
                .flatMap(row -> row.callDetails().stream())
                .map(CallDetail::name)
                .map(name -> name == null ? "" : name.replace("\uD83D and \uDE00", "\uFFFD and \uFFFD"))
                .toList();
        assertThat(column("call-details.csv", "name"))
                .isEqualTo(expected)
                .contains("\tTab", "\rstarts with CR", " blanks ");
    }

    /** Sums leave words out, and what would read as a number is told apart by a mark. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {". | 12 MB;'=1+1;7000;'1.5;12,5", ", | 12 MB;'=1+1;7000;'1.5;'12,5"})
    void wordsInPlaceOfAFigureAreKeptAndNotAddedUp(String decimal, String expected) throws IOException {
        Month month = Months.withWordsForFigures();
        ReportProperties settings = Month.properties("formats=csv", "csv.separator=;", "csv.decimal=" + decimal);
        Report report = new Report(Month.head(Month.UTC), month, settings, Month.unrated());
        report.render("recordings.csv", folder);

        assertThat(Files.readAllLines(folder.resolve("recordings.csv")))
                .extracting(line -> line.split(";")[6])
                .containsExactly(("file_size;" + expected).split(";"));
        assertThat(report.total().recordedBytes()).isEqualTo("7000");
        assertThat(month.openStreams).hasValue(0);
    }

    @Test
    void onlyTextThatASpreadsheetWouldRunIsGuarded() throws IOException {
        new Report(Month.head(Month.UTC), Months.awkward(), Month.properties(Format.CSV), Month.unrated())
                .render("call-details.csv", folder);

        assertThat(column("call-details.csv", "call_num"))
                .containsExactly("", "+49123", "-1.5", "'-x", "é日本語", "_x0041_", "5", "6", "7", "8");
        assertThat(column("call-details.csv", "name"))
                .contains("'+49 123 \"Bo\"", "'@cmd|' /C calc'!A0", "'\tTab", "'\rstarts with CR", " blanks ");
        assertThat(column("call-details.csv", "duration")).contains("-1.5", "1000", "0.1000");
    }

    private List<String> column(String file, String column) throws IOException {
        try (CSVParser parser = CSVParser.parse(
                folder.resolve(file),
                StandardCharsets.UTF_8,
                CSVFormat.RFC4180
                        .builder()
                        .setHeader()
                        .setSkipHeaderRecord(true)
                        .get())) {
            return parser.stream().map(row -> row.get(column)).toList();
        }
    }

    private void assertGolden(Report report, String scenario) throws IOException {
        Path rendered = Files.createDirectories(RENDERED.resolve(scenario));
        for (RenderedFile file : Rendered.all(report, rendered)) {
            assertThat(rendered.resolve(file.name()))
                    .as(TAKE_OVER, file.name(), scenario)
                    .hasBinaryContent(golden(scenario, file.name()));
        }
    }

    private byte[] golden(String scenario, String name) throws IOException {
        try (InputStream golden = CsvFilesTest.class.getResourceAsStream(scenario + "/" + name)) {
            return golden.readAllBytes();
        }
    }
}
