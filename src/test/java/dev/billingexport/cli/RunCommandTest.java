package dev.billingexport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.BillingExport;
import dev.billingexport.sample.RecordedSample;
import dev.billingexport.sample.Route;
import dev.billingexport.sample.SampleAccount;
import dev.billingexport.sample.SampleSession;
import dev.billingexport.session.AppType;
import dev.billingexport.testing.Behaviour;
import dev.billingexport.testing.FakeApi;
import dev.billingexport.testing.Fault;
import dev.billingexport.testing.FolderContents;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import tools.jackson.databind.json.JsonMapper;

/** {@code run}, and what {@code resume}, {@code runs} and {@code show} say of it afterwards. */
class RunCommandTest {

    private static final String HEADING = "sample, period 2026-10: 2026-10-01 to 2026-11-01 (exclusive), UTC; vc, wb";

    @TempDir
    private Path folder;

    private Terminal terminal;

    @BeforeEach
    void openTerminal() {
        terminal = new Terminal(folder);
    }

    @Test
    void deliversTheSampleOnceAndAgainOnlyWhenAsked() {
        String location = folder.resolve("out/sample/2026-10/r1").toUri() + "/";

        Terminal.Screen first = terminal.type("run", "--sample");
        assertThat(first.exitCode()).isZero();
        assertThat(first.out()).containsExactly(HEADING, "Run 1: revision 1.", "Delivered 40 sessions to " + location);
        assertThat(first.err()).isEmpty();
        assertThat(terminal.files("out"))
                .containsOnlyKeys(
                        "sample/2026-10/manifest.json",
                        "sample/2026-10/r1/sample_2026-10.xlsx",
                        "sample/2026-10/r1/call-details.csv",
                        "sample/2026-10/r1/days.csv",
                        "sample/2026-10/r1/manifest.json",
                        "sample/2026-10/r1/reconciliation.csv",
                        "sample/2026-10/r1/recordings.csv",
                        "sample/2026-10/r1/report.html",
                        "sample/2026-10/r1/sessions.csv",
                        "sample/2026-10/r1/users.csv");

        Terminal.Screen second = terminal.type("run", "--sample");
        assertThat(second.exitCode()).isZero();
        assertThat(second.out().get(0)).isEqualTo(HEADING);
        assertThat(second.out().get(1)).startsWith("Already delivered at 20").endsWith(": " + location);
        assertThat(second.out().get(2)).contains("--rerun");

        Terminal.Screen third = terminal.type("run", "--sample", "--rerun");
        assertThat(third.exitCode()).isZero();
        assertThat(third.out()).contains("Run 2: revision 2.").last().isEqualTo("No change since revision 1.");

        assertThat(terminal.type("resume").out()).containsExactly("There is no unfinished run.");
        assertThat(terminal.type("resume", "1").out()).containsExactly("Run 1 is delivered already: " + location);
        List<String> runs = terminal.type("runs").out();
        assertThat(runs.get(1)).matches("2 +sample +2026-10 +r2 +delivered +40 +0 +2\\S+Z +file:.*/r2/");
        assertThat(runs.get(2)).matches("1 +sample +2026-10 +r1 +delivered +40 +0 +2\\S+Z +file:.*/r1/");
        assertThat(terminal.type("show", "1").out())
                .contains("Run 1: sample 2026-10, revision 1", "  windows   8 closed, 0 open", "  sessions  40")
                .anyMatch(line -> line.matches(" +deliver +COMPLETED +\\S+Z to \\S+Z"))
                .anyMatch(line -> line.matches(" +sessions.csv +5,889 bytes +40 rows  sha256 [0-9a-f]{64}"));
    }

    /** What the README says to do next, in the same folder. */
    @Test
    void theSampleIsNotInTheWayOfARealBill() {
        assertThat(terminal.type("run", "--sample", "--format=csv").exitCode()).isZero();

        try (FakeApi api = FakeApi.start(0, Behaviour.DOCUMENTED, RecordedSample.sessions())) {
            Terminal.Screen screen = terminal.connect(api).type("run", "--month=2026-10", "--format=csv");

            assertThat(screen.exitCode()).as("%s", screen).isZero();
            assertThat(terminal.type("runs").out()).hasSize(3);
        }
        assertThat(terminal.files("out"))
                .containsKeys("sample/2026-10/r1/sessions.csv", "billing/2026-10/r1/sessions.csv");
        assertThat(terminal.files("data")).containsKeys("billing-export.mv.db", "sample/billing-export.mv.db");
    }

    @Test
    void aSingleSessionIsNotCalledSessions() {
        Terminal.Screen screen = terminal.type("run", "--sample", "--from=2026-10-09", "--to=2026-10-10");

        assertThat(screen.exitCode()).isZero();
        assertThat(screen.out()).anyMatch(line -> line.startsWith("Delivered 1 session to file:"));
    }

    @Test
    void deliversElsewhereInOneFormatAndForDays() {
        Path elsewhere = folder.resolve("else where");

        Terminal.Screen screen = terminal.type(
                "run", "--sample", "--from=2026-10-01", "--to=2026-10-02", "--format=csv", "--output=" + elsewhere);

        assertThat(screen.exitCode()).isZero();
        assertThat(screen.out().get(0)).startsWith("sample, period 2026-10-01_2026-10-02: 2026-10-01 to 2026-10-02");
        assertThat(FolderContents.names(elsewhere))
                .contains("sample/2026-10-01_2026-10-02/r1/sessions.csv")
                .noneMatch(name -> name.endsWith(".xlsx"));
        assertThat(FolderContents.of(elsewhere).get("sample/2026-10-01_2026-10-02/r1/sessions.csv"))
                .contains("2026-10-01T")
                .doesNotContain("2026-10-02T00");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void takesThePreviousMonthOfTheExportsTimeZone() {
        try (FakeApi api = FakeApi.start(0, Behaviour.DOCUMENTED, List.of())) {
            terminal.connect(api).with(LateInNovember.class);
            Path berlin = terminal.write("statement.yml", "export:", "  time-zone: Europe/Berlin");

            assertThat(terminal.type("run", "--format=csv").out().get(0)).startsWith("billing, period 2026-10:");
            assertThat(terminal.type("run", berlin.toString(), "--format=csv").out())
                    .startsWith(
                            "statement, period 2026-11: 2026-11-01 to 2026-12-01 (exclusive), Europe/Berlin; vc, wb",
                            "Run 2: revision 1.");
            assertThat(terminal.type("run", "--month=2026-11").err())
                    .singleElement()
                    .asString()
                    .contains("2026-11", "2026-12-01T00:00:00Z", "not over yet");
        }
    }

    @Test
    void failsForSessionsThatCantBeHadUntilTheyCanOrAreAccepted() {
        SampleSession gone = october();
        try (FakeApi api = FakeApi.start(0, broken(gone, Fault.NOT_FOUND), RecordedSample.sessions())) {
            terminal.connect(api);

            Terminal.Screen failed = terminal.type("run", "--month=2026-10");
            assertThat(failed.exitCode()).isEqualTo(1);
            assertThat(failed.err().get(0)).startsWith("Not delivered: sessions could not be collected. Problems: 1.");
            assertThat(failed.err().get(1)).contains(gone.sessionId(), "cdr", "not found");
            assertThat(failed.err()).last().isEqualTo(resume());
            assertThat(terminal.files("out")).isEmpty();
            assertThat(terminal.type("runs").out().get(1)).matches("1 +billing .* failed +40 +1 .*");
            assertThat(terminal.type("show", "1").out())
                    .contains("  status    failed")
                    .anyMatch(line -> line.contains(gone.sessionId()));

            Terminal.Screen resumed = terminal.type("resume");
            assertThat(resumed.exitCode()).isEqualTo(1);
            assertThat(resumed.out().get(1)).startsWith("Resuming run 1, revision 1");

            Terminal.Screen accepted = terminal.type("run", "--month=2026-10", "--accept-problems");
            assertThat(accepted.exitCode()).isEqualTo(3);
            // Whoever runs it again must not take it for a delivery without gaps.
            Terminal.Screen again = terminal.type("run", "--month=2026-10");
            assertThat(again.exitCode()).isEqualTo(3);
            assertThat(again.out()).last().asString().startsWith("Accepted problems: ");
            assertThat(terminal.files("out").get("billing/2026-10/manifest.json"))
                    .contains("\"base_url\" : \"" + api.baseUrl() + "\"");
            assertThat(accepted.out()).last().asString().startsWith("Accepted problems: 1;");
            assertThat(terminal.files("out").get("billing/2026-10/r1/problems.csv"))
                    .contains(gone.sessionId());
        }
    }

    @Test
    void tellsOfWordsInPlaceOfFiguresAndOfFieldsThatNobodyReads() {
        SampleSession odd = SampleSession.parse("""
                {"session": {"session_id": "s", "trans_date": "2026-10-05T12:00:00Z", "pstn_minutes": 7, "app_type": "vc"},
                 "cdr": [{"duration": 1, "quality": "good"}, {"duration": 2, "quality": "bad"}],
                 "recordings": [{"file": "f", "play_time": 60, "stage": "final", "file_size": "12 MB"}]}
                """);
        try (FakeApi api = FakeApi.start(0, Behaviour.DOCUMENTED, List.of(odd))) {
            terminal.connect(api);

            Terminal.Screen delivered = terminal.type("run", "--month=2026-10");

            assertThat(delivered.exitCode()).isZero();
            assertThat(delivered.err())
                    .contains("Warning: Recordings with words for stage or size: kept as text, left out of sums: 1.");
            assertThat(terminal.files("out").get("billing/2026-10/r1/recordings.csv"))
                    .contains("s,f,60,final,,,12 MB,,vc");
            assertThat(terminal.type("show", "1").out())
                    .contains("  unread    call detail: quality, seen 2 times")
                    .anyMatch(line -> line.matches("  unread    session: pstn_minutes, seen [1-9] times"));
        }
    }

    @Test
    void listsTenProblemsAtMostAndResumesThoseAlone() {
        List<SampleSession> sessions = new ArrayList<>();
        Behaviour.Builder broken = Behaviour.DOCUMENTED.with();
        Fault[] faults = {Fault.ERROR_500, Fault.RESULT_ZERO, Fault.HTML, Fault.NONSENSE, Fault.TRUNCATED};
        for (int i = 0; i < 40; i++) {
            // Whoever prints that can write over the line before.
            String id = i == 3 ? "s003\u001b[1A\r\n" + "x".repeat(200) : "s%03d".formatted(i);
            sessions.add(session(id, i));
            if (i < 12) {
                broken.broken(i % 2 == 0 ? Route.CDR : Route.RECORDINGS, id, faults[i % faults.length]);
            }
        }
        try (FakeApi api = FakeApi.start(0, broken.build(), sessions)) {
            terminal.connect(api).set("export.source.max-attempts", "1");

            Terminal.Screen failed = terminal.type("run", "--month=2026-10");

            assertThat(failed.exitCode()).isEqualTo(1);
            assertThat(failed.err().get(0)).startsWith("Not delivered: sessions could not be collected. Problems: 12.");
            assertThat(failed.err().subList(1, 11)).allMatch(line -> line.matches("  s0\\d\\d.* (cdr|recordings): .*"));
            assertThat(failed.err().get(4)).matches("  s003\\\\u001b\\[1A\\\\r\\\\nx{60,80}… recordings: \\P{Cntrl}*");
            assertThat(failed.err().get(11)).isEqualTo("  and 2 more: billing-export show 1");
            assertThat(terminal.type("show", "1").out())
                    .filteredOn(line -> line.matches("    s0.*"))
                    .hasSize(12);
            assertThat(terminal.files("out")).isEmpty();

            api.counters().reset();
            assertThat(terminal.type("resume").exitCode()).isEqualTo(1);
            assertThat(api.counters().requests(Route.CDR)).isEqualTo(12);
            assertThat(api.counters().requests(Route.RECORDINGS)).isEqualTo(12);

            Terminal.Screen accepted = terminal.type("run", "--month=2026-10", "--accept-problems");

            assertThat(accepted.exitCode()).isEqualTo(3);
            assertThat(accepted.out()).contains("Accepted problems: 12; the files list all of them.");
            Map<String, String> files = terminal.files("out");
            assertThat(files.get("billing/2026-10/manifest.json")).contains("\"problems\" : 12");
            assertThat(files.get("billing/2026-10/r1/problems.csv")).contains("s000,", "s011,");
            assertThat(terminal.type(
                                    "verify",
                                    folder.resolve("out/billing/2026-10").toString())
                            .exitCode())
                    .isZero();
        }
    }

    @Test
    void resumesWhatFailedBySayingTheSame() {
        SampleSession gone = october();
        try (FakeApi api = FakeApi.start(0, broken(gone, Fault.NOT_FOUND), RecordedSample.sessions())) {
            terminal.connect(api);
            assertThat(terminal.type("run", "--month=2026-10").exitCode()).isEqualTo(1);
            api.behave(Behaviour.DOCUMENTED);
            api.counters().reset();

            Terminal.Screen screen = terminal.type("run", "--month=2026-10");

            assertThat(screen.exitCode()).isZero();
            assertThat(screen.out().get(1)).startsWith("Resuming run 1, revision 1");
            assertThat(api.counters().requests(Route.CDR)).isEqualTo(1);
        }
    }

    /** Its revision is not delivered: there is none to make the next one of. */
    @Test
    void resumesWhatFailedEvenWhereItIsToldToRunAgain() {
        SampleSession gone = october();
        try (FakeApi api = FakeApi.start(0, broken(gone, Fault.NOT_FOUND), RecordedSample.sessions())) {
            terminal.connect(api);
            assertThat(terminal.type("run", "--month=2026-10").exitCode()).isEqualTo(1);
            api.behave(Behaviour.DOCUMENTED);
            api.counters().reset();

            Terminal.Screen screen = terminal.type("run", "--month=2026-10", "--rerun");

            assertThat(screen.exitCode()).isZero();
            assertThat(screen.out().get(1)).startsWith("Resuming run 1, revision 1");
            assertThat(api.counters().requests(Route.CDR)).isEqualTo(1);
            assertThat(terminal.files("out/billing/2026-10").keySet()).noneMatch(name -> name.startsWith("r2"));
        }
    }

    @Test
    void resumesInTheDataDirectoryWhereTheRunIs() {
        SampleSession gone = october();
        try (FakeApi api = FakeApi.start(0, broken(gone, Fault.NOT_FOUND), RecordedSample.sessions())) {
            Path own = folder.resolve("own data");
            terminal.connect(api).unset("export.data-dir");
            String job =
                    terminal.write("job.yml", "export:", "  data-dir: " + own).toString();

            Terminal.Screen failed = terminal.type("run", job, "--month=2026-10");
            assertThat(failed.err())
                    .last()
                    .isEqualTo("To resume: EXPORT_DATA_DIR='" + own + "' billing-export resume 1");

            terminal.write("job.yml", "export:", "  data-dir: " + folder.resolve("another"));
            api.behave(Behaviour.DOCUMENTED);
            terminal.set("export.data-dir", own.toString());
            assertThat(terminal.type("resume", "1").exitCode()).isZero();
            assertThat(folder.resolve("another")).doesNotExist();
        }
    }

    @Test
    void refusesToResumeWithAnotherAccount() {
        SampleSession gone = october();
        try (FakeApi api = FakeApi.start(0, broken(gone, Fault.NOT_FOUND), RecordedSample.sessions())) {
            assertThat(terminal.connect(api).type("run", "--month=2026-10").exitCode())
                    .isEqualTo(1);

            Terminal.Screen screen =
                    terminal.set("ENABLEX_APP_ID", "somebody-else").type("resume");

            assertThat(screen.exitCode()).isEqualTo(2);
            assertThat(screen.err()).singleElement().asString().startsWith("Run 1 was started with another");
        }
    }

    @Test
    void saysWhatTheApiAnsweredWhenItFails() {
        try (FakeApi api = FakeApi.start(0, Behaviour.DOCUMENTED, RecordedSample.sessions())) {
            Terminal.Screen denied =
                    terminal.connect(api).set("ENABLEX_APP_KEY", "wrong-key").type("run", "--month=2026-10");

            assertThat(denied.exitCode()).isEqualTo(2);
            assertThat(denied.err()).hasSize(3);
            assertThat(denied.err().get(0)).contains("/sessions", "the credentials are not accepted", "401");
            assertThat(denied.err().get(1)).startsWith("Set ENABLEX_APP_ID + ENABLEX_APP_KEY to those of the account");
            assertThat(denied.err().get(2)).isEqualTo("Nothing was started.");
            assertThat(terminal.type("runs").out()).hasSize(1);

            Terminal.Screen debugged = terminal.type("run", "--month=2026-10", "--debug");
            assertThat(debugged.exitCode()).isEqualTo(2);
            assertThat(debugged.err())
                    .anyMatch(line -> line.contains("\tat "))
                    .noneMatch(line -> line.contains("wrong-key"));

            assertThat(terminal.set("ENABLEX_APP_KEY", SampleAccount.APP_KEY)
                            .type("run", "--month=2026-10", "--format=csv")
                            .exitCode())
                    .isZero();
        }
    }

    /** Collected with credentials that were good; those of the resume are not. */
    @Test
    void credentialsThatAreRefusedLaterLeaveTheRunToBeResumed() {
        SampleSession gone = october();
        try (FakeApi api = FakeApi.start(0, broken(gone, Fault.NOT_FOUND), RecordedSample.sessions())) {
            assertThat(terminal.connect(api).type("run", "--month=2026-10").exitCode())
                    .isEqualTo(1);

            Terminal.Screen denied =
                    terminal.set("ENABLEX_APP_KEY", "wrong-key").type("resume");

            assertThat(denied.exitCode()).isEqualTo(2);
            assertThat(denied.err()).last().isEqualTo(resume());
        }
    }

    @Test
    void leavesAloneWhatAnotherDataDirectoryDelivered() {
        assertThat(terminal.type("run", "--sample").exitCode()).isZero();

        Terminal.Screen screen = terminal.set(
                        "export.data-dir", folder.resolve("new").toString())
                .type("run", "--sample");

        assertThat(screen.exitCode()).isEqualTo(2);
        assertThat(screen.err()).singleElement().asString().contains("Revision 1 of sample 2026-10", "--rerun");
        assertThat(terminal.type("runs").out())
                .containsExactly("There are no runs in " + folder.resolve("new/sample") + " yet.");
    }

    private static SampleSession session(String id, int number) {
        Instant date = Instant.parse("2026-10-05T12:00:00Z").plusSeconds(number);
        return SampleSession.parse(JsonMapper.shared()
                .writeValueAsString(Map.of(
                        "session",
                        Map.of("session_id", id, "trans_date", date.toString(), "app_type", "vc"),
                        "cdr",
                        List.of(Map.of("duration", 1)),
                        "recordings",
                        List.of())));
    }

    private String resume() {
        return "To resume: EXPORT_DATA_DIR='" + folder.resolve("data") + "' billing-export resume 1";
    }

    private static SampleSession october() {
        return RecordedSample.sessions().stream()
                .filter(session -> session.appType() == AppType.VC
                        && session.date().toString().startsWith("2026-10-1"))
                .findFirst()
                .orElseThrow();
    }

    private static Behaviour broken(SampleSession session, Fault fault) {
        return Behaviour.DOCUMENTED
                .with()
                .broken(Route.CDR, session.sessionId(), fault)
                .build();
    }

    /** The last half-hour of November in UTC; in Berlin it is December. */
    @Import(BillingExport.class)
    static class LateInNovember {

        @Bean
        @Primary
        Clock lateClock() {
            return Clock.fixed(Instant.parse("2026-11-30T23:30:00Z"), ZoneOffset.UTC);
        }
    }
}
