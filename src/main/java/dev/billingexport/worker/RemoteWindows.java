package dev.billingexport.worker;

import dev.billingexport.job.ExportProgress;
import dev.billingexport.job.WindowWork;
import dev.billingexport.ledger.HandedWindow;
import dev.billingexport.ledger.Run;
import dev.billingexport.ledger.WindowLeases;
import dev.billingexport.ledger.Workers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.partition.PartitionHandler;
import org.springframework.batch.core.partition.StepExecutionSplitter;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;

/**
 * Hands the windows of a step to workers, a request each, and waits for their end by looking into Batch's tables. A request
 * that is lost with its broker is sent again; one that comes twice does no harm.
 *
 * <p>Not Spring Batch Integration's handler: that one can't be stopped while it waits, and waits for ever where requests
 * are lost.
 */
public final class RemoteWindows implements PartitionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(RemoteWindows.class);

    private static final Duration POLL = Duration.ofMillis(250);

    /** What windows have to end by themselves, of the six seconds that a stop may take. */
    private static final Duration STOP = Duration.ofSeconds(3);

    private final Broker broker;
    private final WindowLeases leases;
    private final Workers workers;
    private final WindowWork work;
    private final JobRepository repository;
    private final ExportProgress progress;
    private final String settings;
    private final Patience patience;

    /**
     * How long windows are left that nobody works on.
     *
     * @param untilTold after this time without a worker the user is told
     * @param untilSent after this time with workers the requests count as lost and are sent again
     */
    record Patience(Duration untilTold, Duration untilSent) {}

    RemoteWindows(
            Broker broker,
            WindowLeases leases,
            Workers workers,
            WindowWork work,
            JobRepository repository,
            ExportProgress progress,
            String settings,
            Patience patience) {
        this.broker = broker;
        this.leases = leases;
        this.workers = workers;
        this.work = work;
        this.repository = repository;
        this.progress = progress;
        this.settings = settings;
        this.patience = patience;
    }

    /**
     * Checks that the broker is there and lets this process use the queue.
     *
     * @throws BrokerException with what is to be set
     */
    public void check() {
        broker.check();
    }

    @Override
    public Collection<StepExecution> handle(StepExecutionSplitter splitter, StepExecution manager) throws Exception {
        Set<StepExecution> windows = splitter.split(manager, 1);
        if (windows.isEmpty()) {
            return windows;
        }
        Run run = work.run(manager);
        Map<Long, String> names = new LinkedHashMap<>();
        windows.forEach(window -> names.put(window.getId(), window.getStepName()));
        workers.handOver(run, settings);
        leases.enter(run, names);
        broker.request(new ArrayList<>(names.keySet()));
        Optional<HandedWindow> failed = await(run, manager);
        leases.revoke(run);
        if (failed.isPresent()) {
            throw new WorkerFailedException(
                    failed.get().name() + " failed in a worker: " + failed.get().failure());
        }
        return executions(manager, names.keySet());
    }

    /** Waits until all windows have ended, or have to; returns the first that failed. */
    private Optional<HandedWindow> await(Run run, StepExecution manager) throws InterruptedException {
        Watch watch = new Watch(run);
        long collected = 0;
        while (true) {
            List<HandedWindow> windows = leases.of(run);
            collected = tell(windows, collected);
            Optional<HandedWindow> failed = windows.stream()
                    .filter(window -> window.status().equals(BatchStatus.FAILED.name()))
                    .findFirst();
            if (open(windows).isEmpty()) {
                return failed;
            }
            if (failed.isPresent() || work.isEnding(manager)) {
                work.end();
                stop(run);
                return failed;
            }
            watch.look(open(windows));
            Thread.sleep(POLL.toMillis());
        }
    }

    private long tell(List<HandedWindow> windows, long before) {
        long now = windows.stream().mapToLong(HandedWindow::sessions).sum();
        progress.doneElsewhere(
                (int) windows.stream().filter(window -> !isOpen(window)).count(), now - before);
        return now;
    }

    /** Lets those at work end at their next commit, and takes the rest back. */
    private void stop(Run run) throws InterruptedException {
        leases.stop(run);
        long deadline = System.nanoTime() + STOP.toNanos();
        while (System.nanoTime() < deadline && open(leases.of(run)).stream().anyMatch(HandedWindow::atWork)) {
            Thread.sleep(POLL.toMillis());
        }
        List<HandedWindow> left = open(leases.of(run));
        leases.revoke(run);
        left.forEach(window -> work.stop(window.stepExecution()));
    }

    private Collection<StepExecution> executions(StepExecution manager, Set<Long> ids) {
        JobExecution job = repository.getJobExecution(manager.getJobExecutionId());
        return job == null
                ? List.of()
                : job.getStepExecutions().stream()
                        .filter(step -> ids.contains(step.getId()))
                        .toList();
    }

    private static List<HandedWindow> open(List<HandedWindow> windows) {
        return windows.stream().filter(RemoteWindows::isOpen).toList();
    }

    private static boolean isOpen(HandedWindow window) {
        return BatchStatus.valueOf(window.status()).isRunning();
    }

    /** Sends the requests again. If the broker is away, the run goes on: the broker may still have the requests when it is back. */
    private void sendAgain(List<HandedWindow> open) {
        try {
            broker.request(open.stream().map(HandedWindow::stepExecution).toList());
        } catch (BrokerException e) {
            LOG.warn("{} The run waits for it, and can be stopped.", e.getMessage());
        }
    }

    /** Looks whether anybody works on the windows. */
    private final class Watch {

        private final Run run;
        private long lonelySince = System.nanoTime();
        private long idleSince = System.nanoTime();
        private boolean told;

        Watch(Run run) {
            this.run = run;
        }

        void look(List<HandedWindow> open) {
            long now = System.nanoTime();
            if (open.stream().anyMatch(HandedWindow::atWork)) {
                lonelySince = now;
                idleSince = now;
                told = false;
            } else if (workers.atWork(run.key().export(), settings).isEmpty()) {
                idleSince = now;
                if (!told && now - lonelySince > patience.untilTold().toNanos()) {
                    told = true;
                    LOG.warn(
                            "No worker is there for {} windows. Start one with the same settings: billing-export worker. The"
                                    + " run waits for it, and can be stopped.",
                            open.size());
                }
            } else {
                lonelySince = now;
                if (now - idleSince > patience.untilSent().toNanos()) {
                    idleSince = now;
                    sendAgain(open);
                }
            }
        }
    }
}
