package dev.billingexport.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billingexport.ledger.OpenWindow;
import dev.billingexport.ledger.Run;
import dev.billingexport.run.Outcome;
import dev.billingexport.sample.SampleSession;
import dev.billingexport.session.AppType;
import dev.billingexport.testing.Behaviour;
import dev.billingexport.testing.FakeApi;
import dev.billingexport.testing.Generator;
import dev.billingexport.testing.ServedRecords;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.launch.JobExecutionAlreadyRunningException;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.util.FileSystemUtils;

/**
 * What a death can leave in Batch's tables, in the real ones. Each state is launched twice: a copy of it the way Batch
 * alone would, which shows that the repair is needed, and then the way the program does.
 */
class RecoveryTest {

    private static final List<SampleSession> SESSIONS = new Generator(
                    9, 30, ExportProcess.OCTOBER.start(), ExportProcess.OCTOBER.end(), 0)
            .sessions().stream()
                    .filter(session -> session.appType() == AppType.VC)
                    .toList();

    @TempDir
    Path home;

    @TempDir
    Path copy;

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
    void anInstanceWithoutAnExecution() throws Exception {
        try (ExportProcess dying = start(home)) {
            dying.repository()
                    .createJobInstance(
                            ExportJob.NAME, ExportParameters.of(dying.october(1).key()));
        }

        try (ExportProcess plain = startOnCopy()) {
            assertThatThrownBy(() -> plain.startPlain(plain.october(1)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Cannot find any job execution");
        }
        assertLaunchDelivers();
    }

    @Test
    void anExecutionThatStillSeemsToRun() throws Exception {
        killHalfWay();

        try (ExportProcess plain = startOnCopy()) {
            assertThat(last(plain).getStatus()).isEqualTo(BatchStatus.STARTED);
            assertThatThrownBy(() -> plain.startPlain(plain.october(1)))
                    .isInstanceOf(JobExecutionAlreadyRunningException.class);
        }
        assertLaunchDelivers();
    }

    @Test
    void aStoppedExecutionWithStepsThatStillSeemToRun() throws Exception {
        killHalfWay();
        try (ExportProcess stopped = start(home)) {
            stopped.sql()
                    .sql(
                            "UPDATE batch_job_execution SET status = 'STOPPED', exit_code = 'STOPPED', end_time = start_time")
                    .update();
        }

        try (ExportProcess plain = startOnCopy()) {
            assertThat(last(plain).getStepExecutions())
                    .extracting(StepExecution::getStatus)
                    .contains(BatchStatus.STARTED);
            assertThatThrownBy(() -> plain.startPlain(plain.october(1)))
                    .isInstanceOf(JobExecutionAlreadyRunningException.class);
        }
        assertLaunchDelivers();
    }

    @Test
    void aWorkerWithoutAContext() throws Exception {
        try (ExportProcess dying = start(home)) {
            dieWithinTheSplitter(dying);
        }

        try (ExportProcess plain = startOnCopy()) {
            for (int i = 0; i < 2; i++) {
                plain.get(JobOperator.class).recover(last(plain));
                JobExecution execution = plain.startPlain(plain.october(1));

                assertThat(execution.getStatus()).isEqualTo(BatchStatus.FAILED);
                assertThat(execution.getAllFailureExceptions())
                        .map(NestedExceptionUtils::getMostSpecificCause)
                        .anyMatch(NullPointerException.class::isInstance);
            }
        }
        assertLaunchDelivers();
    }

    private ExportProcess start(Path folder) {
        return ExportProcess.start(folder, api, "export.source.window=7d", "export.source.app-types=vc");
    }

    private ExportProcess startOnCopy() throws IOException {
        FileSystemUtils.copyRecursively(home, copy);
        return start(copy);
    }

    private void killHalfWay() {
        try (ExportProcess dying = start(home)) {
            AtomicInteger requests = new AtomicInteger();
            api.onRequest(request -> {
                if (requests.incrementAndGet() == 30) {
                    dying.kill();
                }
            });
            dying.launchToDeath(dying.october(1));
        }
    }

    /** What the launcher, the job and the splitter do until the first partition is in the tables, and no further. */
    private static void dieWithinTheSplitter(ExportProcess dying) {
        Run run = dying.october(1);
        dying.ledger().fixWindows(run, "scope", ExportProcess.OCTOBER.windows(AppType.VC, Duration.ofDays(7)));
        JobInstance instance = dying.repository().createJobInstance(ExportJob.NAME, ExportParameters.of(run.key()));
        JobExecution job =
                dying.repository().createJobExecution(instance, ExportParameters.of(run.key()), new ExecutionContext());
        job.setStatus(BatchStatus.STARTED);
        dying.repository().update(job);
        StepExecution manager = dying.repository().createStepExecution(CollectStep.COLLECT, job);
        manager.setStatus(BatchStatus.STARTED);
        dying.repository().update(manager);
        OpenWindow first = dying.ledger().openWindows(run).get(0);
        dying.repository()
                .createStepExecution(CollectStep.COLLECT + ":" + first.window().name() + " #0", job);
    }

    private static JobExecution last(ExportProcess process) {
        return process.repository()
                .getLastJobExecution(
                        ExportJob.NAME, ExportParameters.of(process.october(1).key()));
    }

    private void assertLaunchDelivers() {
        api.onRequest(request -> {});
        try (ExportProcess process = start(home)) {
            Run run = process.october(1);

            assertThat(process.launch(run)).isEqualTo(new Outcome(Outcome.Kind.DELIVERED, null));

            new ServedRecords(SESSIONS, ExportProcess.OCTOBER).assertIsIn(process.contents(), run);
        }
    }
}
