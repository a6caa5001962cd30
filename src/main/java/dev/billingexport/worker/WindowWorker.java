package dev.billingexport.worker;

import dev.billingexport.api.ApiException;
import dev.billingexport.files.LockFile;
import dev.billingexport.job.ExportProgress;
import dev.billingexport.job.Failures;
import dev.billingexport.job.WindowWork;
import dev.billingexport.ledger.WindowLease;
import dev.billingexport.ledger.WindowLeases;
import dev.billingexport.ledger.Workers;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jms.listener.DefaultMessageListenerContainer;
import org.springframework.jms.listener.SessionAwareMessageListener;
import org.springframework.util.backoff.FixedBackOff;

/**
 * Works on the windows that launches of other processes hand out, until it is stopped. A request is acknowledged when its
 * window has ended; before that it goes back to the queue with the death of this process, or where this process can't go
 * on.
 */
public final class WindowWorker implements SessionAwareMessageListener<Message> {

    private static final Logger LOG = LoggerFactory.getLogger(WindowWorker.class);

    /** While one lists or commits, the others keep the API busy. More would be missed by other workers at the end. */
    private static final int AT_ONCE = 4;

    /** Database connections: for each window one at a time, one for the turns of requests and one for its presence. */
    public static final int CONNECTIONS = AT_ONCE + 2;

    private static final Duration RECONNECT = Duration.ofSeconds(2);

    /** Before a request goes back that this process could do nothing with: it may come again at once. */
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Broker broker;
    private final WindowLeases leases;
    private final Workers workers;
    private final WindowWork work;
    private final ExportProgress progress;
    private final String export;
    private final SharedSettings settings;
    private final CountDownLatch ended = new CountDownLatch(1);

    /** The ends of the work on windows that is under way, by the number of the execution. */
    private final Map<Long, CountDownLatch> ongoing = new ConcurrentHashMap<>();

    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private volatile Consumer<String> told = line -> {};
    private volatile boolean leaving;
    private volatile long id;

    WindowWorker(
            Broker broker,
            WindowLeases leases,
            Workers workers,
            WindowWork work,
            ExportProgress progress,
            String export,
            SharedSettings settings) {
        this.broker = broker;
        this.leases = leases;
        this.workers = workers;
        this.work = work;
        this.progress = progress;
        this.export = export;
        this.settings = settings;
    }

    /**
     * Works until {@link #stop} or until it can't go on.
     *
     * @param out is told what happens, a line each
     * @throws BrokerException if the broker is not there or refuses; later on, it is waited for
     * @throws ApiException.Denied if the API refuses this process
     */
    public void run(Consumer<String> out) throws InterruptedException {
        told = out;
        broker.check();
        id = workers.enter(
                export,
                settings.text(),
                LockFile.host(),
                ProcessHandle.current().pid());
        DefaultMessageListenerContainer container = container();
        try (Presence presence = new Presence(workers, id, export, settings, progress, out)) {
            presence.begin();
            container.start();
            out.accept("Waiting for windows of " + export + " at " + broker.place() + ".");
            ended.await();
        } finally {
            container.shutdown();
        }
        if (failure.get() instanceof RuntimeException cause) {
            throw cause;
        }
    }

    /** Has it end: what it works on goes back to the queue at the next commit. Returns at once; may be called by any thread. */
    public void stop() {
        leaving = true;
        work.leave();
        ended.countDown();
    }

    @Override
    public void onMessage(Message message, Session session) throws JMSException {
        Long stepExecution = number(message);
        if (stepExecution == null) {
            told.accept("A message that is no request was dropped.");
            return;
        }
        if (leaving) {
            throw new ReturnedException();
        }
        CountDownLatch before = ongoing.get(stepExecution);
        if (before != null) {
            // This process still works on the window: the request came twice, or the broker has delivered it again. Two
            // threads can't work on one window, because Batch's step scope is the execution's.
            await(before);
            if (leaving) {
                throw new ReturnedException();
            }
        }
        try {
            leases.take(stepExecution, id, message.getJMSRedelivered()).ifPresent(this::work);
        } catch (ReturnedException e) {
            throw e;
        } catch (RuntimeException e) {
            told.accept("Can't work: " + reason(e) + ". Trying again.");
            pause();
            throw new ReturnedException();
        }
    }

    private void work(WindowLease lease) {
        CountDownLatch now = new CountDownLatch(1);
        ongoing.put(lease.stepExecution(), now);
        boolean hasEnded = false;
        try {
            StepExecution execution = work.work(lease);
            if (execution == null) {
                hasEnded = true;
                return;
            }
            // What could not be entered is as unfinished as what was given back.
            if (!lease.isSuperseded() && execution.getStatus() == BatchStatus.UNKNOWN) {
                lease.giveBack(Failures.first(execution.getFailureExceptions()));
            }
            hasEnded = isSuperseded(lease) || !lease.isGivenBack();
            told.accept(execution.getStepName() + ": " + end(lease, execution));
            if (lease.reason() instanceof ApiException.Denied denied) {
                failure.compareAndSet(null, denied);
                stop();
            }
        } finally {
            if (!hasEnded) {
                release(lease);
            }
            ongoing.remove(lease.stepExecution(), now);
            now.countDown();
        }
        if (!hasEnded) {
            pause();
            throw new ReturnedException();
        }
    }

    /** Enters that nobody works on the window. Otherwise the launch waits for this process if the broker has lost the request. */
    private void release(WindowLease lease) {
        try {
            leases.release(lease);
        } catch (RuntimeException e) {
            LOG.debug("The window could not be entered as given back", e);
        }
    }

    /** Batch's check of versions may notice it before the lease's own check does. */
    private static boolean isSuperseded(WindowLease lease) {
        return lease.isSuperseded() || lease.reason() instanceof OptimisticLockingFailureException;
    }

    private static String end(WindowLease lease, StepExecution execution) {
        if (isSuperseded(lease)) {
            return "another process has it, or its run has ended.";
        }
        if (lease.isGivenBack()) {
            Throwable why = lease.reason();
            return "given back" + (why == null ? "." : ": " + reason(why));
        }
        return switch (execution.getStatus()) {
            case COMPLETED -> "done, sessions read: " + execution.getWriteCount() + ".";
            case STOPPED -> "stopped with its run.";
            default -> "failed: " + reason(Failures.first(execution.getFailureExceptions()));
        };
    }

    /** Returns the message of a failure. Of a database failure it is the cause's, for Spring's own has the whole SQL statement. */
    private static String reason(@Nullable Throwable failure) {
        if (failure == null) {
            return "";
        }
        Throwable told = failure instanceof DataAccessException data ? data.getMostSpecificCause() : failure;
        return String.valueOf(told.getMessage());
    }

    private static @Nullable Long number(Message message) throws JMSException {
        try {
            return message instanceof TextMessage text ? Long.valueOf(text.getText()) : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private DefaultMessageListenerContainer container() {
        DefaultMessageListenerContainer container = new DefaultMessageListenerContainer();
        container.setConnectionFactory(broker.connections());
        container.setDestinationName(broker.queue());
        container.setMessageListener(this);
        container.setSessionTransacted(true);
        container.setConcurrentConsumers(AT_ONCE);
        container.setBackOff(new FixedBackOff(RECONNECT.toMillis(), FixedBackOff.UNLIMITED_ATTEMPTS));
        container.setErrorHandler(error -> {});
        container.setExceptionListener(lost -> told.accept("The connection to the broker at " + broker.place()
                + " is lost. What is under way goes on; connecting again every "
                + RECONNECT.toSeconds() + " seconds."));
        // Otherwise its shutdown interrupts the listeners after a second, also those that are about to commit.
        container.setAcceptMessagesWhileStopping(true);
        container.setAutoStartup(false);
        container.afterPropertiesSet();
        return container;
    }

    private static void await(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ReturnedException();
        }
    }

    private void pause() {
        if (!leaving) {
            try {
                Thread.sleep(PAUSE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Rolls the session back, so that the request is delivered again. */
    private static final class ReturnedException extends RuntimeException {

        private static final long serialVersionUID = 1;
    }
}
