package dev.billingexport.report.html;

import static dev.billingexport.report.Month.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.billingexport.report.Format;
import dev.billingexport.report.Month;
import dev.billingexport.report.Months;
import dev.billingexport.report.Rendered;
import dev.billingexport.report.RenderedFile;
import dev.billingexport.report.Report;
import dev.billingexport.report.table.Language;
import dev.billingexport.session.AppType;
import dev.billingexport.testing.InstalledProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlTest {

    private static final String HOSTILE =
            "<script>document.title='ran'</script><img src=x onerror=\"document.title='ran'\">";

    @TempDir
    Path folder;

    @Test
    void itNeedsNothingElse() throws IOException {
        String html = html(Months.awkward(), Language.EN);

        assertThat(html)
                .doesNotContain("<script", "<link", "<img", "src=", "href=", "http:", "https:", "url(", "@import");
    }

    @Test
    void whatStrangersTypeStaysText() throws IOException {
        String html = html(Months.withName(HOSTILE + " \u0007 \uD83D"), Language.EN);

        assertThat(html).contains("&lt;script&gt;document.title").doesNotContain("<script", "<img", "\u0007", "?");
    }

    @Test
    void anEmptyMonthSaysSo() throws IOException {
        String html = html(new Month(), Language.EN);

        assertThat(html).contains("There were no sessions in this period.").doesNotContain("<svg", "<h2>Users</h2>");
    }

    @Test
    void itSpeaksTheLanguageOfTheReport() throws IOException {
        assertThat(html(Months.plain(), Language.DE))
                .contains("<html lang=\"de\">", "Nutzungsbericht 2026-10", "191,75", "3.145.728", "01.10.2026");
    }

    @Test
    void itIsTheSameEveryTime() throws IOException {
        assertThat(html(Months.awkward(), Language.EN)).isEqualTo(html(Months.awkward(), Language.EN));
    }

    @Test
    void aThousandUsersAreEnough() throws IOException {
        Month month = new Month();
        for (int i = 1; i <= 1_003; i++) {
            month.with(session("s-" + i, "u-" + i, "User " + i, "2026-10-01T00:00:00Z", String.valueOf(i), AppType.VC));
        }
        RenderedFile file = render(month, Language.EN);

        assertThat(file.rows()).isEqualTo(1_000);
        assertThat(Files.readString(folder.resolve("report.html")))
                .contains("3 more are in users.csv", "User 1003<", "User 4<")
                .doesNotContain("User 3<");
    }

    @Test
    void aBrowserShowsItOnAPhoneAndRunsNothing() throws Exception {
        Optional<InstalledProgram> chromium = InstalledProgram.find("chromium", "chromium-browser", "google-chrome");
        assumeTrue(chromium.isPresent(), "Chromium is not installed");
        // A page of another origin's may not look inside, so the probe stands in the file itself.
        String html =
                html(Months.withName(HOSTILE + "x".repeat(500)), Language.EN).replace("</body>", """
                        <script>
                        const wide = document.documentElement.scrollWidth - window.innerWidth;
                        const dark = getComputedStyle(document.body).backgroundColor;
                        const bars = [...document.querySelectorAll('rect')]
                            .filter(bar => bar.getBoundingClientRect().height > 0).length;
                        document.body.dataset.probe = [wide <= 0, bars > 0, document.title, dark].join('|');
                        </script></body>""");
        Path page = Files.writeString(folder.resolve("probed.html"), html);

        assertThat(probe(chromium.get(), page, 500)).isEqualTo("true|true|Usage report 2026-10|rgb(255, 255, 255)");
        assertThat(probe(chromium.get(), page, 500, "--blink-settings=preferredColorScheme=0"))
                .isEqualTo("true|true|Usage report 2026-10|rgb(20, 24, 29)");
    }

    /** German words are long, and charges are one more column. */
    @Test
    void noTableIsClippedOnALaptop() throws Exception {
        Optional<InstalledProgram> chromium = InstalledProgram.find("chromium", "chromium-browser", "google-chrome");
        assumeTrue(chromium.isPresent(), "Chromium is not installed");
        Month month = new Month()
                .with(
                        session(
                                "s-1",
                                "60a1b2c3d4e5f60718293a40",
                                "Wilhelmine Schönebergerin",
                                "2026-10-01T00:00:00Z",
                                "123456.25",
                                AppType.VC),
                        Month.callDetail("1", "Ada", "2026-10-01T00:00:00Z", "1234567.75"),
                        Month.recording(1, "60", "1048576"));
        new Report(
                        Month.head(Month.BERLIN),
                        month,
                        Month.properties(Language.DE, Format.HTML),
                        Month.rated("currency=EUR", "prices.vc.participant-minute=1"))
                .render("report.html", folder);
        String html = Files.readString(folder.resolve("report.html")).replace("</body>", """
                <script>
                document.body.dataset.probe = [...document.querySelectorAll('.wide')]
                    .map(table => table.scrollWidth <= table.clientWidth).join('|');
                </script></body>""");
        Path page = Files.writeString(folder.resolve("probed.html"), html);

        assertThat(probe(chromium.get(), page, 1_280)).isEqualTo("true|true");
    }

    private String probe(InstalledProgram chromium, Path page, int width, String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.addAll(List.of(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-sync",
                "--user-data-dir=" + folder.resolve("profile"),
                "--window-size=" + width + ",900",
                "--dump-dom",
                page.toUri().toString()));
        Matcher probe = Pattern.compile("data-probe=\"([^\"]*)\"")
                .matcher(chromium.run(folder, arguments.toArray(String[]::new)));
        assertThat(probe.find()).isTrue();
        return probe.group(1);
    }

    private String html(Month month, Language language) throws IOException {
        render(month, language);
        return Files.readString(folder.resolve("report.html"));
    }

    private RenderedFile render(Month month, Language language) throws IOException {
        Report report =
                new Report(Month.head(Month.UTC), month, Month.properties(language, Format.HTML), Month.unrated());
        return Rendered.file(report, "report.html", folder);
    }
}
