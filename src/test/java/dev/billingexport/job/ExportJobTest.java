package dev.billingexport.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.delivery.Manifest;
import dev.billingexport.ledger.Run;
import dev.billingexport.report.RenderedFile;
import dev.billingexport.run.Outcome;
import dev.billingexport.run.RunHistory;
import dev.billingexport.sample.Route;
import dev.billingexport.sample.SampleSession;
import dev.billingexport.session.SessionUsage;
import dev.billingexport.session.Usage;
import dev.billingexport.testing.Behaviour;
import dev.billingexport.testing.FakeApi;
import dev.billingexport.testing.Generator;
import dev.billingexport.testing.ServedRecords;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.core.job.AbstractJob;
import org.springframework.batch.core.job.Job;

/** A made-up month from end to end, from an API that behaves as badly as its documentation allows. */
class ExportJobTest {

    private static final List<SampleSession> SESSIONS =
            new Generator(3, 400, ExportProcess.OCTOBER.start(), ExportProcess.OCTOBER.end(), 0.3).sessions();
    private static final ServedRecords TRUTH = new ServedRecords(SESSIONS, ExportProcess.OCTOBER);

    @TempDir
    static Path home;

    private static FakeApi api;
    private static ExportProcess process;
    private static Run run;
    private static Outcome outcome;

    @BeforeAll
    static void export() {
        api = FakeApi.start(0, Behaviour.AWKWARD, SESSIONS);
        process = ExportProcess.start(home, api, "export.source.window=7d", "export.report.formats=csv,xlsx");
        run = process.october(1);
        outcome = process.launch(run);
    }

    @AfterAll
    static void end() {
        process.close();
        api.close();
    }

    @Test
    void itIsDelivered() {
        assertThat(outcome).isEqualTo(new Outcome(Outcome.Kind.DELIVERED, null));
    }

    @Test
    void itsStepsAreFour() {
        AbstractJob steps = (AbstractJob) process.get(Job.class);

        assertThat(steps.getStepNames()).containsExactlyInAnyOrder("collect", "confirm", "render", "deliver");
        assertThat(process.get(RunHistory.class).steps(run))
                .extracting(RunHistory.Step::name)
                .containsExactly("collect", "confirm", "render", "deliver");
    }

    @Test
    void theLedgerHoldsEverySessionCallDetailAndRecordingOnce() {
        TRUTH.assertIsIn(process.contents(), run);
    }

    @Test
    void everyDetailWasAskedForOnce() {
        for (String sessionId : TRUTH.sessionIds()) {
            assertThat(api.counters().requests(Route.CDR, sessionId))
                    .as(sessionId)
                    .isOne();
            assertThat(api.counters().requests(Route.RECORDINGS, sessionId))
                    .as(sessionId)
                    .isOne();
        }
        assertThat(api.counters().requests(Route.CDR)).isEqualTo(400);
        assertThat(api.counters().requests(Route.RECORDINGS)).isEqualTo(400);
    }

    @Test
    void everyRowIsInTheFilesOnce() throws IOException {
        assertThat(column("sessions.csv", "session_id")).containsExactlyInAnyOrderElementsOf(TRUTH.sessionIds());
        assertThat(column("call-details.csv", "session_id"))
                .containsExactlyInAnyOrderElementsOf(TRUTH.callDetails.stream()
                        .map(ServedRecords.Of::sessionId)
                        .toList());
        assertThat(column("recordings.csv", "session_id"))
                .containsExactlyInAnyOrderElementsOf(TRUTH.recordings.stream()
                        .map(ServedRecords.Of::sessionId)
                        .toList());
    }

    @Test
    void everyTotalIsWhatTheSessionsAddUpTo() throws IOException {
        Manifest.Totals totals = process.current().orElseThrow().totals();

        assertThat(totals)
                .isEqualTo(new Manifest.Totals(
                        400,
                        TRUTH.sessionMinutes(),
                        TRUTH.callDetails.size(),
                        TRUTH.callDetailMinutes(),
                        TRUTH.recordings.size(),
                        TRUTH.recordedSeconds(),
                        TRUTH.recordedBytes(),
                        0,
                        List.of()));
        for (String file : List.of("sessions.csv", "users.csv", "days.csv")) {
            String minutes = file.equals("sessions.csv") ? "duration" : "session_minutes";
            assertThat(sum(file, minutes)).as(file).isEqualByComparingTo(TRUTH.sessionMinutes());
            assertThat(sum(file, "call_detail_minutes")).as(file).isEqualByComparingTo(TRUTH.callDetailMinutes());
            assertThat(sum(file, "call_details")).as(file).isEqualTo(BigDecimal.valueOf(TRUTH.callDetails.size()));
            assertThat(sum(file, "recordings")).as(file).isEqualTo(BigDecimal.valueOf(TRUTH.recordings.size()));
            assertThat(sum(file, "recorded_seconds")).as(file).isEqualByComparingTo(TRUTH.recordedSeconds());
            assertThat(sum(file, "recorded_bytes")).as(file).isEqualByComparingTo(TRUTH.recordedBytes());
        }
        assertThat(sum("call-details.csv", "duration")).isEqualByComparingTo(TRUTH.callDetailMinutes());
        assertThat(sum("recordings.csv", "play_time")).isEqualByComparingTo(TRUTH.recordedSeconds());
        assertThat(sum("recordings.csv", "file_size")).isEqualByComparingTo(TRUTH.recordedBytes());
    }

    @Test
    void theRunKnowsWhatItDelivered() {
        Run delivered = process.october(1);
        Manifest manifest = process.current().orElseThrow();

        assertThat(delivered.delivered()).isTrue();
        assertThat(delivered.deliveredAt()).isEqualTo(manifest.deliveredAt());
        assertThat(Path.of(delivered.location())).isEqualTo(revision());
        assertThat(manifest.files())
                .extracting(Manifest.File::name)
                .containsExactlyInAnyOrder(
                        "billing_2026-10.xlsx",
                        "users.csv",
                        "days.csv",
                        "sessions.csv",
                        "call-details.csv",
                        "reconciliation.csv",
                        "recordings.csv");
        assertThat(process.get(RunHistory.class).files(delivered))
                .containsExactlyInAnyOrderElementsOf(manifest.files().stream()
                        .map(file -> new RenderedFile(file.name(), file.bytes(), file.sha256(), file.rows()))
                        .toList());
        assertThat(process.ledger().openWindows(run)).isEmpty();
    }

    @Test
    void nothingIsLeftInTheWorkFolder() {
        assertThat(home.resolve("data/work")).isEmptyDirectory();
    }

    @Test
    void theFiguresOfEachSessionAreThoseOfItsDetails() {
        assertThat(process.contents().sessions(run).map(SessionUsage::usage))
                .allSatisfy(usage -> assertThat(usage.sessions()).isOne())
                .extracting(Usage::callDetails)
                .contains(0L);
    }

    private static Path revision() {
        return home.resolve("out/billing/2026-10/r1");
    }

    private static List<String> column(String file, String column) throws IOException {
        return read(file, row -> row.get(column));
    }

    private static BigDecimal sum(String file, String column) throws IOException {
        return read(file, row -> row.get(column).isEmpty() ? BigDecimal.ZERO : new BigDecimal(row.get(column))).stream()
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static <T> List<T> read(String file, Function<CSVRecord, T> reader) throws IOException {
        try (CSVParser rows = CSVParser.parse(
                revision().resolve(file),
                StandardCharsets.UTF_8,
                CSVFormat.RFC4180
                        .builder()
                        .setHeader()
                        .setSkipHeaderRecord(true)
                        .get())) {
            return rows.stream().map(reader).toList();
        }
    }
}
