package dev.billingexport.job;

import static dev.billingexport.testing.FolderContents.withoutTimes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.api.ApiException;
import dev.billingexport.delivery.Manifest;
import dev.billingexport.ledger.Run;
import dev.billingexport.ledger.Runs;
import dev.billingexport.run.ExportLauncher;
import dev.billingexport.run.Outcome;
import dev.billingexport.run.RunHistory;
import dev.billingexport.sample.Route;
import dev.billingexport.sample.SampleSession;
import dev.billingexport.session.AppType;
import dev.billingexport.session.Problem;
import dev.billingexport.testing.Behaviour;
import dev.billingexport.testing.FakeApi;
import dev.billingexport.testing.Fault;
import dev.billingexport.testing.FolderContents;
import dev.billingexport.testing.Generator;
import dev.billingexport.testing.ServedRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that need more than one launch, each in a process of its own. */
class RelaunchTest {

    private static final List<SampleSession> SESSIONS =
            new Generator(5, 120, ExportProcess.OCTOBER.start(), ExportProcess.OCTOBER.end(), 0).sessions();
    private static final ServedRecords TRUTH = new ServedRecords(SESSIONS, ExportProcess.OCTOBER);

    @TempDir
    Path home;

    private FakeApi api;

    @BeforeEach
    void serve() {
        api = FakeApi.start(0, Behaviour.DOCUMENTED, SESSIONS);
    }

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void brokenSessionsHoldTheDeliveryBackAndAreAllThatIsFetchedAgain() throws IOException {
        String noCallDetails = SESSIONS.get(10).sessionId();
        String nothing = SESSIONS.get(70).sessionId();
        Behaviour broken = Behaviour.DOCUMENTED
                .with()
                .broken(Route.CDR, noCallDetails, Fault.ERROR_500)
                .broken(Route.CDR, nothing, Fault.NOT_FOUND)
                .broken(Route.RECORDINGS, nothing, Fault.HTML)
                .build();
        api.behave(broken);
        try (ExportProcess first = start()) {
            Run run = first.october(1);

            assertThat(first.launch(run)).isEqualTo(new Outcome(Outcome.Kind.FAILED, null));

            assertThat(first.current()).isEmpty();
            assertThat(first.october(1).delivered()).isFalse();
            assertThat(first.contents().problems(run))
                    .extracting(problem -> problem.sessionId() + " " + problem.part())
                    .containsExactlyInAnyOrder(
                            noCallDetails + " " + Problem.Part.CALL_DETAILS,
                            nothing + " " + Problem.Part.CALL_DETAILS,
                            nothing + " " + Problem.Part.RECORDINGS);
            assertThat(first.contents().sessionCount(run)).isEqualTo(120);
            assertThat(first.ledger().openWindows(run)).hasSizeBetween(1, 2);
        }

        api.counters().reset();
        try (ExportProcess second = start()) {
            Run run = second.october(1);

            assertThat(second.launch(run)).isEqualTo(new Outcome(Outcome.Kind.FAILED, null));

            assertThat(api.counters().requests(Route.CDR)).isEqualTo(2);
            assertThat(api.counters().requests(Route.CDR, noCallDetails)).isOne();
            assertThat(api.counters().requests(Route.CDR, nothing)).isOne();
        }

        try (ExportProcess accepting = start()) {
            Run run = accepting.october(1);

            assertThat(accepting.launchAccepting(run).kind()).isEqualTo(Outcome.Kind.DELIVERED);

            Manifest manifest = accepting.current().orElseThrow();
            assertThat(manifest.totals().problems()).isEqualTo(3);
            assertThat(manifest.totals().sessions()).isEqualTo(120);
            assertThat(manifest.files())
                    .filteredOn(file -> file.name().equals("problems.csv"))
                    .extracting(Manifest.File::rows)
                    .containsExactly(3L);
            assertThat(Files.readString(revision(1).resolve("problems.csv")))
                    .contains(noCallDetails + ",", ",cdr,", ",recordings,");
        }
    }

    @Test
    void aHealedSessionIsFetchedAndTheRunDeliveredWithoutAWordOfIt() {
        String sick = SESSIONS.get(10).sessionId();
        api.behave(Behaviour.DOCUMENTED
                .with()
                .broken(Route.RECORDINGS, sick, Fault.ERROR_500)
                .build());
        try (ExportProcess first = start()) {
            assertThat(first.launch(first.october(1)).kind()).isEqualTo(Outcome.Kind.FAILED);
        }

        api.behave(Behaviour.DOCUMENTED);
        api.counters().reset();
        try (ExportProcess second = start()) {
            Run run = second.october(1);

            assertThat(second.launch(run).kind()).isEqualTo(Outcome.Kind.DELIVERED);

            assertThat(api.counters().requests(Route.RECORDINGS)).isOne();
            TRUTH.assertIsIn(second.contents(), run);
            assertThat(revision(1).resolve("problems.csv")).doesNotExist();
            assertThat(second.current().orElseThrow().totals().problems()).isZero();
        }
    }

    @Test
    void aSecondRevisionThatDiesHalfWayLeavesTheFirstAloneAndResumesAsTheSecond() throws IOException {
        try (ExportProcess first = start()) {
            assertThat(first.launch(first.october(1)).kind()).isEqualTo(Outcome.Kind.DELIVERED);
        }
        Map<String, String> delivered = files(home.resolve("out"));
        api.remove(SESSIONS.get(3).sessionId());

        try (ExportProcess dying = start()) {
            killAtRequest(60, dying);
            dying.launchToDeath(dying.october(2));
        }
        assertThat(files(home.resolve("out"))).isEqualTo(delivered);

        api.counters().reset();
        try (ExportProcess second = start()) {
            Run run = second.october(2);
            long kept = second.contents().sessionCount(run);
            assertThat(second.get(Runs.class).all())
                    .extracting(each -> each.key().revision())
                    .containsExactly(2, 1);

            assertThat(second.launch(run).kind()).isEqualTo(Outcome.Kind.DELIVERED);

            assertThat(api.counters().requests(Route.CDR)).isEqualTo(119 - kept);
            new ServedRecords(
                            SESSIONS.stream()
                                    .filter(each -> each != SESSIONS.get(3))
                                    .toList(),
                            ExportProcess.OCTOBER)
                    .assertIsIn(second.contents(), run);
            assertThat(second.current().orElseThrow().revision()).isEqualTo(2);
            assertThat(second.contents().sessionCount(second.october(1))).isEqualTo(120);
        }
        assertThat(files(revision(1))).isEqualTo(only(delivered, "billing/2026-10/r1/"));
    }

    @Test
    void aRunThatIsKilledAgainAndAgainDeliversTheBytesOfAnUndisturbedOne() throws IOException {
        Path undisturbed = home.resolve("undisturbed");
        try (ExportProcess process = ExportProcess.start(undisturbed, api, "export.source.window=7d")) {
            assertThat(process.launch(process.october(1)).kind()).isEqualTo(Outcome.Kind.DELIVERED);
        }
        api.counters().reset();

        for (int request : List.of(1, 20, 90, 150)) {
            try (ExportProcess dying = start()) {
                killAtRequest(request, dying);
                dying.launchToDeath(dying.october(1));
            }
        }
        try (ExportProcess last = start()) {
            assertThat(last.launch(last.october(1)).kind()).isEqualTo(Outcome.Kind.DELIVERED);
        }

        assertThat(files(revision(1))).isEqualTo(files(undisturbed.resolve("out/billing/2026-10/r1")));
    }

    @Test
    void aStopEndsTheLaunchAtItsNextCommitAndLosesNothing() {
        try (ExportProcess stopped = start("export.source.window=1d", "export.source.max-in-flight=2")) {
            Run run = stopped.october(1);
            onceAtRequest(60, () -> stopped.get(ExportLauncher.class).stop());

            assertThat(stopped.launch(run)).isEqualTo(new Outcome(Outcome.Kind.STOPPED, null));

            assertThat(stopped.get(RunHistory.class).status(run, true)).isEqualTo("stopped");
            assertThat(stopped.contents().sessionCount(run)).isBetween(1L, 119L);
            assertThat(stopped.current()).isEmpty();
        }
        try (ExportProcess second = start()) {
            Run run = second.october(1);

            assertThat(second.launch(run).kind()).isEqualTo(Outcome.Kind.DELIVERED);

            TRUTH.assertIsIn(second.contents(), run);
            for (String id : TRUTH.sessionIds()) {
                assertThat(api.counters().requests(Route.CDR, id)).as(id).isOne();
            }
        }
    }

    @Test
    void aStopThatComesWhenAllIsDeliveredIsTooLate() throws Exception {
        try (ExportProcess process = start()) {
            Run run = process.october(1);
            Path manifest = home.resolve("out/billing/2026-10/manifest.json");
            Thread stopper = new Thread(() -> {
                while (!Files.exists(manifest)) {
                    Thread.onSpinWait();
                }
                process.get(ExportLauncher.class).stop();
            });
            stopper.start();

            assertThat(process.launch(run)).isEqualTo(new Outcome(Outcome.Kind.DELIVERED, null));

            stopper.join();
            assertThat(process.get(RunHistory.class).status(process.october(1), true))
                    .isEqualTo("delivered");
            assertThat(process.get(RunHistory.class).steps(run))
                    .allMatch(step -> step.status().equals("COMPLETED"));
        }
    }

    @Test
    void whatFailsOneWindowEndsAllOfThem() {
        api.behave(Behaviour.DOCUMENTED.with().filterIgnored(true).build());
        try (ExportProcess process = start("export.source.window=1d")) {
            Run run = process.october(1);

            Outcome outcome = process.launch(run);

            assertThat(outcome.kind()).isEqualTo(Outcome.Kind.FAILED);
            assertThat(outcome.failure())
                    .isInstanceOf(ListingException.class)
                    .hasMessageContaining("ignores from_session_date");
            assertThat(api.counters().pages()).isLessThan(20);
        }

        api.behave(Behaviour.DOCUMENTED);
        try (ExportProcess process = start("export.source.window=1d")) {
            Run run = process.october(1);

            assertThat(process.launch(run).kind()).isEqualTo(Outcome.Kind.DELIVERED);

            TRUTH.assertIsIn(process.contents(), run);
        }
    }

    @Test
    void anApiThatIsDownFailsTheRunWithItsOwnWords() {
        api.behave(Behaviour.DOCUMENTED
                .with()
                .fault(Fault.UNAVAILABLE_503, 1)
                .faultsInARow(Integer.MAX_VALUE)
                .build());
        try (ExportProcess process = start()) {
            Outcome outcome = process.launch(process.october(1));

            assertThat(outcome.kind()).isEqualTo(Outcome.Kind.FAILED);
            assertThat(outcome.failure())
                    .isInstanceOf(ApiException.Unavailable.class)
                    .hasMessageContaining("503");
            assertThat(api.counters().requests(Route.SESSIONS)).isLessThan(20);
        }
    }

    @Test
    void aDeliveryThatFailsIsTriedAgainWithoutAskingTheApi() throws IOException {
        Path out = Files.createFile(home.resolve("out"));
        try (ExportProcess first = start()) {
            Outcome outcome = first.launch(first.october(1));

            assertThat(outcome.kind()).isEqualTo(Outcome.Kind.FAILED);
            assertThat(outcome.failure()).hasMessageContaining(out.toString());
        }
        Files.delete(out);
        api.counters().reset();

        try (ExportProcess second = start()) {
            Run run = second.october(1);

            assertThat(second.launch(run).kind()).isEqualTo(Outcome.Kind.DELIVERED);

            assertThat(api.counters().requests(Route.SESSIONS)).isZero();
            assertThat(api.counters().requests(Route.CDR)).isZero();
            assertThat(second.current().orElseThrow().totals().sessions()).isEqualTo(120);
        }
    }

    @Test
    void theWindowsOfARunStayThoseThatItBeganWith() {
        try (ExportProcess dying = start()) {
            killAtRequest(50, dying);
            dying.launchToDeath(dying.october(1));
        }
        try (ExportProcess second = start("export.source.window=1d", "export.source.page-length=7")) {
            Run run = second.october(1);

            assertThat(second.launch(run).kind()).isEqualTo(Outcome.Kind.DELIVERED);

            assertThat(second.ledger().windowCount(run)).isEqualTo(2 * 5);
            TRUTH.assertIsIn(second.contents(), run);
        }
    }

    @Test
    void oneProcessMayLaunchSeveralTimes() {
        try (ExportProcess process = start()) {
            api.behave(Behaviour.DOCUMENTED.with().filterIgnored(true).build());
            assertThat(process.launch(process.october(1)).kind()).isEqualTo(Outcome.Kind.FAILED);
            api.behave(Behaviour.DOCUMENTED);

            assertThat(process.launch(process.october(1))).isEqualTo(new Outcome(Outcome.Kind.DELIVERED, null));

            api.remove(SESSIONS.get(3).sessionId());
            assertThat(process.launch(process.october(2)).kind()).isEqualTo(Outcome.Kind.DELIVERED);
            assertThat(revision(1).resolve("sessions.csv")).content().hasLineCount(121);
            assertThat(revision(2).resolve("sessions.csv")).content().hasLineCount(120);
        }
    }

    @Test
    void whatWasListedForOneApplicationIsNotBilledForAnother() {
        try (ExportProcess webinars = start("export.source.app-types=wb")) {
            Run run = webinars.october(1);

            assertThat(webinars.launch(run).kind()).isEqualTo(Outcome.Kind.DELIVERED);

            new ServedRecords(
                            SESSIONS.stream()
                                    .filter(session -> session.appType() == AppType.WB)
                                    .toList(),
                            ExportProcess.OCTOBER)
                    .assertIsIn(webinars.contents(), run);
        }
    }

    private ExportProcess start(String... settings) {
        List<String> all = new ArrayList<>(List.of("export.source.window=7d"));
        all.addAll(List.of(settings));
        return ExportProcess.start(home, api, all.toArray(String[]::new));
    }

    private void killAtRequest(int number, ExportProcess process) {
        onceAtRequest(number, process::kill);
    }

    private void onceAtRequest(int number, Runnable action) {
        AtomicInteger requests = new AtomicInteger();
        api.onRequest(request -> {
            if (requests.incrementAndGet() == number) {
                action.run();
            }
        });
    }

    private Path revision(int revision) {
        return home.resolve("out/billing/2026-10/r" + revision);
    }

    private static Map<String, String> files(Path folder) {
        return withoutTimes(FolderContents.of(folder));
    }

    private static Map<String, String> only(Map<String, String> files, String folder) {
        Map<String, String> below = new TreeMap<>();
        files.forEach((name, content) -> {
            if (name.startsWith(folder)) {
                below.put(name.substring(folder.length()), content);
            }
        });
        return below;
    }
}
