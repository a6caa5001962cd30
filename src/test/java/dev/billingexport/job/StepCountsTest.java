package dev.billingexport.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.api.ApiException;
import dev.billingexport.api.Credentials;
import dev.billingexport.ledger.OpenWindow;
import dev.billingexport.ledger.Run;
import dev.billingexport.run.Outcome;
import dev.billingexport.sample.Route;
import dev.billingexport.sample.SampleAccount;
import dev.billingexport.sample.SampleSession;
import dev.billingexport.testing.Behaviour;
import dev.billingexport.testing.ChangingProxy;
import dev.billingexport.testing.FakeApi;
import dev.billingexport.testing.Fault;
import dev.billingexport.testing.Served;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.core.step.StepExecution;

/** What Batch counts of the collecting steps: what was read, what was written. */
class StepCountsTest {

    /** Two whole chunks, so that the last one is empty. */
    private static final List<SampleSession> SESSIONS = IntStream.range(0, 200)
            .mapToObj(number -> Served.session(
                    "s%03d".formatted(number), ExportProcess.OCTOBER.start().plus(Duration.ofHours(number))))
            .toList();

    /** One window, for they are aligned to the clock. */
    private static final String[] SETTINGS = {"export.source.window=1000d", "export.source.app-types=vc"};

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
    void everySessionIsReadAndWrittenOnceAndTriedAgainWhereItHadAProblem() {
        api.behave(Behaviour.DOCUMENTED
                .with()
                .broken(Route.CDR, "s007", Fault.ERROR_500)
                .build());
        try (ExportProcess process = start(api)) {
            Run run = process.october(1);

            assertThat(process.launchAccepting(run).kind()).isEqualTo(Outcome.Kind.DELIVERED);

            for (boolean worker : List.of(true, false)) {
                assertCounts(step(process, CollectStep.COLLECT, worker), 200, 200);
                assertCounts(step(process, CollectStep.CONFIRM, worker), 1, 1);
            }
            assertThat(step(process, CollectStep.COLLECT, true).getCommitCount())
                    .isEqualTo(2);
        }
    }

    @Test
    void whatTheProcessorFailsAtIsReadAndNotWritten() throws IOException {
        try (ChangingProxy proxy = ChangingProxy.changingAnswers(api.baseUrl())) {
            proxy.replace((asked, reply) -> asked.uri().getPath().endsWith("/s150/cdr")
                    ? new ChangingProxy.Reply(401, "{\"result\": \"1001\", \"msg\": \"token not valid\"}")
                    : reply);
            try (ExportProcess process = ExportProcess.start(
                    home, proxy.baseUrl(), Credentials.from(SampleAccount.basicCredentials()), SETTINGS)) {
                Run run = process.october(1);

                assertThat(process.launch(run).failure()).isInstanceOf(ApiException.Denied.class);

                StepExecution worker = step(process, CollectStep.COLLECT, true);
                assertCounts(worker, 200, 100);
                assertThat(worker.getRollbackCount()).isOne();
                assertThat(process.contents().sessionCount(run)).isEqualTo(100);
                assertThat(process.ledger().openWindows(run))
                        .extracting(OpenWindow::listings)
                        .containsExactly(0);
            }
        }
        try (ExportProcess process = start(api)) {
            Run run = process.october(1);

            assertThat(process.launch(run).kind()).isEqualTo(Outcome.Kind.DELIVERED);

            assertCounts(step(process, CollectStep.COLLECT, true), 100, 100);
            assertThat(process.contents().sessionCount(run)).isEqualTo(200);
        }
    }

    private ExportProcess start(FakeApi served) {
        return ExportProcess.start(home, served, SETTINGS);
    }

    private static void assertCounts(StepExecution step, long read, long written) {
        assertThat(step.getReadCount()).as(step.getSummary()).isEqualTo(read);
        assertThat(step.getWriteCount()).as(step.getSummary()).isEqualTo(written);
        assertThat(step.getFilterCount()).as(step.getSummary()).isZero();
        assertThat(step.getSkipCount()).as(step.getSummary()).isZero();
    }

    /** The one of the last launch. */
    private static StepExecution step(ExportProcess process, String name, boolean worker) {
        return process
                .repository()
                .getLastJobExecution(
                        ExportJob.NAME, ExportParameters.of(process.october(1).key()))
                .getStepExecutions()
                .stream()
                .filter(step -> step.getStepName().split(":")[0].equals(name) && Partition.isWorker(step) == worker)
                .reduce((one, other) -> {
                    throw new AssertionError("Two of " + name);
                })
                .orElseThrow();
    }
}
