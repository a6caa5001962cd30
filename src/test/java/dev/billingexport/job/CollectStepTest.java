package dev.billingexport.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.ledger.OpenWindow;
import dev.billingexport.ledger.Run;
import dev.billingexport.sample.Route;
import dev.billingexport.sample.SampleSession;
import dev.billingexport.session.AppType;
import dev.billingexport.testing.Behaviour;
import dev.billingexport.testing.FakeApi;
import dev.billingexport.testing.Generator;
import dev.billingexport.testing.ServedRecords;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.test.JobOperatorTestUtils;

/** The two collecting steps, each started on its own. */
class CollectStepTest {

    private static final List<SampleSession> SESSIONS = new Generator(
                    13, 40, ExportProcess.OCTOBER.start(), ExportProcess.OCTOBER.end(), 0)
            .sessions().stream()
                    .filter(session -> session.appType() == AppType.VC)
                    .toList();

    @TempDir
    Path home;

    private FakeApi api;
    private ExportProcess process;
    private JobOperatorTestUtils steps;
    private Run run;
    private long starts;

    @BeforeEach
    void start() {
        api = FakeApi.start(0, Behaviour.DOCUMENTED, SESSIONS);
        process = ExportProcess.start(home, api);
        steps = new JobOperatorTestUtils(process.get(JobOperator.class), process.repository());
        steps.setJob(process.get(Job.class));
        run = process.october(1);
        process.ledger().fixWindows(run, "scope", ExportProcess.OCTOBER.windows(AppType.VC, Duration.ofDays(7)));
    }

    @AfterEach
    void end() {
        process.close();
        api.close();
    }

    @Test
    void collectReadsWhatWasNeverReadAndConfirmAllThatIsOpen() {
        assertThat(windowsReadBy(CollectStep.COLLECT)).isEqualTo(5);
        new ServedRecords(SESSIONS, ExportProcess.OCTOBER).assertIsIn(process.contents(), run);
        assertThat(process.ledger().openWindows(run))
                .extracting(OpenWindow::listings)
                .containsOnly(1);

        // As after a death between the last window and the step's own end.
        assertThat(windowsReadBy(CollectStep.COLLECT)).isZero();

        assertThat(windowsReadBy(CollectStep.CONFIRM)).isEqualTo(5);
        assertThat(process.ledger().movedWindows(run)).isEmpty();
        assertThat(api.counters().requests(Route.CDR)).isEqualTo(SESSIONS.size());

        process.ledger().closeWindows(run);
        assertThat(windowsReadBy(CollectStep.CONFIRM)).isZero();
    }

    private long windowsReadBy(String step) {
        JobExecution execution = steps.startStep(
                step,
                new JobParametersBuilder(ExportParameters.of(run.key()))
                        .addLong("start", ++starts)
                        .toJobParameters(),
                new ExecutionContext());
        assertThat(execution.getAllFailureExceptions()).isEmpty();
        assertThat(execution.getStatus()).isEqualTo(BatchStatus.COMPLETED);
        List<StepExecution> workers = execution.getStepExecutions().stream()
                .filter(Partition::isWorker)
                .toList();
        assertThat(workers).extracting(StepExecution::getStepName).allMatch(name -> name.startsWith(step + ":vc "));
        return workers.size();
    }
}
