package dev.billingexport.report.table;

import static dev.billingexport.report.Month.callDetail;
import static dev.billingexport.report.Month.session;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.report.Format;
import dev.billingexport.report.Month;
import dev.billingexport.report.Months;
import dev.billingexport.report.Rendered;
import dev.billingexport.report.Report;
import dev.billingexport.report.rating.Item;
import dev.billingexport.report.rating.Tariff;
import dev.billingexport.session.AppType;
import dev.billingexport.session.Usage;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Language, zone and formats are the report's, whatever the machine takes for its own. */
class LocaleTest {

    private final Locale locale = Locale.getDefault();
    private final TimeZone zone = TimeZone.getDefault();

    @TempDir
    Path folder;

    @AfterEach
    void restore() {
        Locale.setDefault(locale);
        TimeZone.setDefault(zone);
    }

    @ParameterizedTest
    @CsvSource({
        "tr-TR, Europe/Istanbul",
        "th-TH-u-ca-buddhist-nu-thai, Asia/Bangkok",
        "ar-EG-u-nu-arab, Africa/Cairo",
        "de-DE, Pacific/Apia"
    })
    void theMachinesLocaleAndZoneDontMatter(String tag, String machinesZone) throws IOException {
        for (Language language : Language.values()) {
            Path here = render(language, "here");
            Locale.setDefault(Locale.forLanguageTag(tag));
            TimeZone.setDefault(TimeZone.getTimeZone(machinesZone));
            Path there = render(language, "there");
            restore();

            try (var files = Files.list(here)) {
                assertThat(files)
                        .hasSize(10)
                        .allSatisfy(file ->
                                assertThat(there.resolve(file.getFileName())).hasSameBinaryContentAs(file));
            }
        }
    }

    @Test
    void theBundlesHaveTheSameKeys() throws IOException {
        Properties english = bundle("wording.properties");
        Properties german = bundle("wording_de.properties");

        assertThat(german.keySet()).isEqualTo(english.keySet());
        assertThat(english.keySet()).allSatisfy(key -> {
            assertThat(german.getProperty((String) key).contains("{0}"))
                    .as("%s", key)
                    .isEqualTo(english.getProperty((String) key).contains("{0}"));
            assertThat(english.getProperty((String) key)).isNotBlank();
        });
    }

    @Test
    void headingsAndFormatsAreGerman() throws IOException {
        try (XSSFWorkbook workbook = new XSSFWorkbook(render(Language.DE, "de")
                .resolve("billing_2026-10.xlsx")
                .toFile()
                .getPath())) {
            XSSFSheet sessions = workbook.getSheet("Sitzungen");

            assertThat(workbook.getSheetAt(0).getSheetName()).isEqualTo("Übersicht");
            assertThat(sessions.getRow(0).getCell(5).getStringCellValue())
                    .isEqualTo("Datum der Sitzung (Europe/Berlin)");
            assertThat(sessions.getRow(3).getCell(5).getCellStyle().getDataFormatString())
                    .isEqualTo("dd.mm.yyyy hh:mm:ss.000");
        }
    }

    private static Stream<String> columns(Path delivered) throws IOException {
        List<String> columns = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(delivered, "*.csv")) {
            for (Path file : files) {
                columns.addAll(List.of(
                        Files.readString(file).lines().findFirst().orElseThrow().split(",")));
            }
        }
        return columns.stream();
    }

    /** Codes are for programs; whoever reads a report reads words. */
    @Test
    void nobodyReadsACode() throws IOException {
        Path delivered = render(Language.DE, "de");
        Set<String> words = new TreeSet<>();
        try (XSSFWorkbook workbook = new XSSFWorkbook(
                delivered.resolve("billing_2026-10.xlsx").toFile().getPath())) {
            workbook.forEach(sheet -> sheet.forEach(row -> row.forEach(cell -> words.add(cell.toString()))));
        }
        assertThat(words).contains("Teilnehmerminuten", "Video (vc)", "Verbindungen", "Keine Verbindungen");
        Pattern code = Pattern.compile(Stream.of(
                        Stream.of(Item.values()).map(Item::code),
                        Stream.of(Finding.Kind.values()).map(Finding.Kind::code),
                        Stream.of(Amendment.Change.values()).map(Amendment.Change::code),
                        columns(delivered).filter(name -> name.contains("_")),
                        Stream.of("vc", "wb", "cdr"))
                .flatMap(codes -> codes)
                .collect(Collectors.joining("|", "(?<![\\w(])(", ")(?![\\w)])")));
        assertThat(words).noneMatch(word -> code.matcher(word).find());
        assertThat(Files.readString(delivered.resolve("report.html")).replaceAll("(?s)<style>.*</style>", ""))
                .doesNotContainPattern(code);
    }

    @Test
    void aDayOfTwentyFiveHoursAddsUp() {
        Month month = new Month();
        for (int hour = 0; hour < 27; hour++) {
            String date = "2026-10-%02dT%02d:30:00Z".formatted(24 + (21 + hour) / 24, (21 + hour) % 24);
            month.with(
                    session("s-" + hour, "u-1", "Ada", date, "1.5", AppType.VC), callDetail("1", "Ada", date, "0.5"));
        }
        ReportHead head = Month.head(Month.BERLIN);

        Figures figures = Figures.of(month, head.period(), Month.reconciliation(head), null);

        Usage sunday = figures.usage().usage(LocalDate.of(2026, 10, 25), AppType.VC);
        assertThat(sunday.sessions()).isEqualTo(25);
        assertThat(sunday.sessionMinutes()).isEqualTo(new BigDecimal("37.5"));
        assertThat(sunday.callDetailMinutes()).isEqualTo(new BigDecimal("12.5"));
        assertThat(figures.profile().atHour(2)).as("twice on that day").isEqualTo(2);
        assertThat(figures.usage().days().map(DayUsage::usage).reduce(Usage.NONE, Usage::plus))
                .isEqualTo(figures.usage().total());
    }

    private Path render(Language language, String name) throws IOException {
        Path own = Files.createDirectories(folder.resolve(name));
        Tariff rating = Month.rated(
                "currency=EUR",
                "prices.vc.participant-minute=1234.5",
                "prices.vc.recorded-minute=1",
                "round-up-to=second",
                "amount-rounding=half-up",
                "minimum=10");
        Report report = new Report(
                Month.head(Month.BERLIN), Months.awkward(), Month.properties(language, Format.values()), rating);
        Rendered.all(report, own);
        return own;
    }

    private static Properties bundle(String name) throws IOException {
        Properties properties = new Properties();
        try (var in = Wording.class.getResourceAsStream(name);
                var characters = new java.io.InputStreamReader(in, java.nio.charset.StandardCharsets.UTF_8)) {
            properties.load(characters);
        }
        return properties;
    }
}
