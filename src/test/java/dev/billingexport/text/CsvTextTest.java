package dev.billingexport.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.billingexport.report.Month;
import dev.billingexport.report.Report;
import dev.billingexport.session.AppType;
import dev.billingexport.testing.InstalledProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a CSV file makes of texts, and what a spreadsheet makes of them then. */
class CsvTextTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                "+1+1",
                "-1-1",
                "@SUM(1)",
                "\tname",
                "\rname",
                " =1+1",
                "\u00A0=1+1",
                "\u3000+1+1",
                "\n=1+1",
                "\u0001=1+1",
                "\u001F@x",
                "\u007F=1+1",
                "\uFEFF=1+1",
                "\u200B=1+1",
                "\u202E-1-1",
                " \u200B\uFEFF =1+1",
                "\uFF1D1+1",
                "\uFF0B1+1",
                "\uFF0D1-1",
                "\uFF20SUM(1)",
                "\uFE661+1",
                "+49 (0)123",
                "+44 20 7946 0018",
                "-x",
                "-",
                "-5+5",
                "+1/2"
            })
    void aFormulaGetsAMarkAndLosesItWhenItIsRead(String text) {
        assertThat(CsvText.guarded(text)).isEqualTo("'" + text);
        assertThat(CsvText.unguarded("'" + text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "Ada",
                "a=1",
                "'Ada'",
                "'",
                "-5",
                "+49123",
                "-1 234 567,89",
                "-1.5",
                "-1,5",
                "-1.234,56",
                "-1,234.56",
                "-1'234.5",
                "-1\u202F234,5",
                "+1e5",
                "-1,5E-3",
                "-.5",
                "-5.",
                " -5 ",
                "*",
                "\uFFFD=1+1",
                "\u65E5\u672C"
            })
    void whatIsNoneStaysAsItIs(String text) {
        assertThat(CsvText.guarded(text)).isEqualTo(text);
        assertThat(CsvText.unguarded(text)).isEqualTo(text);
    }

    @Test
    void whatCantBeKeptIsReplacedBeforeAnythingElse() {
        assertThat(CsvText.kept("\u0000=1+1")).isEqualTo("\uFFFD=1+1");
        assertThat(CsvText.kept("a\uD83Db\uDE00c\uD83D\uDE00\u0000")).isEqualTo("a\uFFFDb\uFFFDc\uD83D\uDE00\uFFFD");
        assertThat(CsvText.kept("bell \u0007 \uFFFF")).isEqualTo("bell \u0007 \uFFFF");
    }

    /** Every beginning that a program may skip, before each that may be run. */
    @Test
    void libreOfficeRunsNoneOfHundredsOfBeginnings() throws Exception {
        Optional<InstalledProgram> office = InstalledProgram.find("soffice");
        assumeTrue(office.isPresent(), "soffice is not installed");

        assertThat(formulas(office.get(), "csv.formula-guard=false"))
                .as("without the guard the test can see some")
                .isGreaterThan(2);
        assertThat(formulas(office.get(), "csv.formula-guard=true")).isZero();
    }

    private int formulas(InstalledProgram office, String guard) throws IOException, InterruptedException {
        Month month = new Month();
        List<String> names = beginnings();
        for (int i = 0; i < names.size(); i++) {
            month.with(Month.session("s-" + i, "u-1", names.get(i), "2026-10-01T00:00:00Z", "1", AppType.VC));
        }
        new Report(Month.head(Month.UTC), month, Month.properties("formats=csv", guard), Month.unrated())
                .render("sessions.csv", folder);
        office.run(
                folder,
                "-env:UserInstallation=" + folder.resolve("office").toUri(),
                "--headless",
                "--infilter=Text - txt - csv (StarCalc):44,34,76,1",
                "--convert-to",
                "fods",
                "--outdir",
                folder.toString(),
                folder.resolve("sessions.csv").toString());
        String sheet = Files.readString(folder.resolve("sessions.fods"));
        assertThat(sheet).contains("s-" + (names.size() - 1));
        return sheet.split("table:formula=", -1).length - 1;
    }

    private static List<String> beginnings() {
        List<String> names = new ArrayList<>();
        IntStream.concat(
                        IntStream.rangeClosed(0, 0x3100)
                                .filter(c -> !Character.isLetterOrDigit(c))
                                .filter(c -> c < 0x100
                                        || Character.isSpaceChar(c)
                                        || Character.getType(c) == Character.FORMAT),
                        IntStream.of(0xFEFF, 0xFFFD, 0xFFFE, 0xFF1D, 0xFF0B, 0xFF0D, 0xFF20, 0xE0001, 0x115F, 0x3164))
                .mapToObj(Character::toString)
                .forEach(first -> {
                    names.add(first + "=1+1");
                    names.add(first + "+1+1");
                    names.add(first + "-SUM(1,1)");
                    names.add(first + "@SUM(1,1)");
                    names.add(first + " =1+1");
                });
        names.addAll(
                List.of("=1+1", "==1+1", "\u0000\u0000=1+1", "\u0000\u0001=1+1", "\uFEFF\u0000=1+1", "=\u00001+1"));
        return names;
    }
}
