package dev.billingexport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.BillingExport;
import dev.billingexport.sample.SampleAccount;
import dev.billingexport.sample.SampleSession;
import dev.billingexport.testing.Behaviour;
import dev.billingexport.testing.BillingProcess;
import dev.billingexport.testing.FakeApi;
import dev.billingexport.testing.FolderContents;
import dev.billingexport.testing.Generator;
import dev.billingexport.testing.SettableClock;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;

/** Where the machine is, which language it speaks and what its clock does: the bytes are the same. */
class OddMachineTest {

    /** In Berlin the clocks go back on the 25th. */
    private static final String BERLIN = "--month=2026-10";

    /** In São Paulo the 4th began at one o'clock. */
    private static final String SAO_PAULO = "--month=2018-11";

    @TempDir
    private Path folder;

    @TempDir
    private static Path usual;

    private static FakeApi api;
    private static Map<String, String> berlin;
    private static Map<String, String> saoPaulo;

    @BeforeAll
    static void runOnAUsualMachine() {
        List<SampleSession> sessions = new ArrayList<>();
        sessions.addAll(sessions(1, "2026-09-30T20:00:00Z", Duration.ofDays(32)));
        sessions.addAll(sessions(2, "2026-10-24T22:00:00Z", Duration.ofHours(5)));
        sessions.addAll(sessions(3, "2018-11-03T20:00:00Z", Duration.ofHours(12)));
        api = FakeApi.start(0, Behaviour.DOCUMENTED, sessions);
        berlin = run(new Terminal(usual).set("export.time-zone", "Europe/Berlin"), BERLIN);
        saoPaulo = run(new Terminal(usual).set("export.time-zone", "America/Sao_Paulo"), SAO_PAULO);
        assertThat(berlin.get("billing/2026-10/r1/sessions.csv"))
                .contains("2026-10-25T02:", "+02:00", "+01:00")
                .hasLineCount(sessionsWithin(sessions, "2026-09-30T22:00:00Z", "2026-10-31T23:00:00Z") + 1);
        assertThat(saoPaulo.get("billing/2018-11/r1/sessions.csv"))
                .contains("2018-11-03T23:", "2018-11-04T01:")
                .doesNotContain("2018-11-04T00:");
    }

    @AfterAll
    static void closeApi() {
        api.close();
    }

    @AfterEach
    void forgetListener() {
        api.onRequest(request -> {});
    }

    /**
     * Two periods in two data directories at once, to one place: they don't disturb each other either. One is run by a
     * user id that the system doesn't know, and has no home.
     */
    @Test
    void inThailandAndInTurkey() {
        try (BillingProcess turkish = BillingProcess.start(
                folder,
                BillingProcess.connect(
                        api,
                        "JAVA_TOOL_OPTIONS=-Duser.language=tr -Duser.country=TR -Duser.timezone=Europe/Istanbul"
                                + " -Dfile.encoding=windows-1254 -Duser.home=?",
                        "HOME=",
                        "EXPORT_TIME_ZONE=Europe/Berlin",
                        "EXPORT_SOURCE_WINDOW=10d"),
                "run",
                BERLIN)) {
            on("th-TH-u-ca-buddhist-nu-thai", "Pacific/Apia", () -> {
                Terminal terminal = new Terminal(folder)
                        .set("export.time-zone", "America/Sao_Paulo")
                        .set("export.data-dir", folder.resolve("thai").toString());
                run(terminal, SAO_PAULO);
            });
            assertThat(turkish.exitCode()).as(turkish.err()).isZero();
        }
        assertThat(folder.resolve("?"))
                .as("what Java calls the home of an unknown user")
                .doesNotExist();
        Map<String, String> both = new HashMap<>(berlin);
        both.putAll(saoPaulo);
        assertThat(FolderContents.withoutManifests(FolderContents.of(folder.resolve("out"))))
                .isEqualTo(both);
    }

    @Test
    void inEgypt() {
        on(
                "ar-EG-u-nu-arab",
                "Africa/Cairo",
                () -> assertThat(run(new Terminal(folder).set("export.time-zone", "Europe/Berlin"), BERLIN))
                        .isEqualTo(berlin));
    }

    private static void on(String locale, String zone, Runnable work) {
        Locale usualLocale = Locale.getDefault();
        TimeZone usualZone = TimeZone.getDefault();
        Locale.setDefault(Locale.forLanguageTag(locale));
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
        try {
            work.run();
        } finally {
            Locale.setDefault(usualLocale);
            TimeZone.setDefault(usualZone);
        }
    }

    @Test
    void whereTheClockJumpsBackAnHourInMidRun() {
        JumpingClock.NOW.set(Instant.parse("2026-11-02T04:30:00Z"));
        AtomicInteger requests = new AtomicInteger();
        api.onRequest(request -> {
            Duration step = requests.incrementAndGet() == 200 ? Duration.ofHours(-1) : Duration.ofMillis(40);
            JumpingClock.NOW.updateAndGet(now -> now.plus(step));
        });
        Terminal terminal = new Terminal(folder)
                .set("export.time-zone", "Europe/Berlin")
                .set("ENABLEX_API_ID", SampleAccount.API_ID)
                .set("ENABLEX_EMAIL", SampleAccount.EMAIL)
                .set("ENABLEX_PASSWORD", SampleAccount.PASSWORD)
                .set("export.source.base-url", api.baseUrl().toString())
                .with(JumpingClock.class);

        Terminal.Screen screen = terminal.type("run", BERLIN);

        assertThat(screen.exitCode()).as("%s", screen).isZero();
        assertThat(FolderContents.withoutManifests(terminal.files("out"))).isEqualTo(berlin);
        assertThat(terminal.type("runs").out().get(1)).contains(" delivered ");
    }

    private static Map<String, String> run(Terminal terminal, String month) {
        Terminal.Screen screen = terminal.connect(api).type("run", month);
        assertThat(screen.exitCode()).as("%s", screen).isZero();
        Map<String, String> files = FolderContents.withoutManifests(terminal.files("out"));
        files.keySet().removeIf(name -> !name.contains(month.replace("--month=", "")));
        return files;
    }

    private static List<SampleSession> sessions(long seed, String from, Duration length) {
        Instant start = Instant.parse(from);
        return new Generator(seed, 60, start, start.plus(length), 0).sessions();
    }

    private static int sessionsWithin(List<SampleSession> sessions, String from, String to) {
        return (int) sessions.stream()
                .filter(session -> !session.date().isBefore(Instant.parse(from))
                        && session.date().isBefore(Instant.parse(to)))
                .map(SampleSession::sessionId)
                .distinct()
                .count();
    }

    /** The application with a clock that is set. */
    @Import(BillingExport.class)
    static class JumpingClock {

        private static final AtomicReference<Instant> NOW = new AtomicReference<>();

        @Bean
        @Primary
        Clock jumpingClock() {
            return new SettableClock(NOW);
        }
    }
}
