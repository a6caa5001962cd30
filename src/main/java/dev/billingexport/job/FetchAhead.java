package dev.billingexport.job;

import dev.billingexport.ledger.CollectedSession;
import dev.billingexport.session.Session;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemProcessor;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/**
 * Reader and processor of one window that work ahead of Batch: sessions are read before Batch asks for them, and are
 * processed from then on. This keeps the API busy while a page is listed or a chunk is committed. Batch's own
 * concurrent chunks and its asynchronous processor wait for the last item of a chunk before they read the next one.
 *
 * <p>Items must be processed in the order in which they were read, each once. Fetched sessions that are not committed
 * are fetched again after a restart. Not thread-safe; one instance a partition.
 */
class FetchAhead implements ItemStreamReader<Session>, ItemProcessor<Session, CollectedSession> {

    private final ItemStreamReader<Session> sessions;
    private final ItemProcessor<Session, CollectedSession> details;
    private final ExecutorService executor;
    private final int ahead;
    private final Queue<Session> waiting = new ArrayDeque<>();
    private final Queue<Future<CollectedSession>> fetching = new ArrayDeque<>();
    private boolean readerEnded;
    private boolean ended;

    /**
     * @param details fetches the details; thread-safe
     * @param ahead most sessions that are read before Batch asks for them
     */
    FetchAhead(
            ItemStreamReader<Session> sessions,
            ItemProcessor<Session, CollectedSession> details,
            ExecutorService executor,
            int ahead) {
        this.sessions = sessions;
        this.details = details;
        this.executor = executor;
        this.ahead = ahead;
    }

    /** Opens the reader, which asks the database for its run: not in a chunk's transaction, that waits for the API. */
    @Override
    public void open(ExecutionContext context) {
        sessions.open(context);
    }

    @Override
    public @Nullable Session read() throws Exception {
        while (!readerEnded && waiting.size() < ahead) {
            Session session = sessions.read();
            if (session == null) {
                readerEnded = true;
            } else {
                waiting.add(session);
                fetching.add(executor.submit(() -> details.process(session)));
            }
        }
        Session next = waiting.poll();
        ended = next == null;
        return next;
    }

    @Override
    public CollectedSession process(Session session) {
        return result(fetching.remove());
    }

    /** Returns whether Batch was told that there are no more sessions, so that the current chunk is the last one. */
    boolean ended() {
        return ended;
    }

    /** Cancels the work that nothing waits for any more. */
    @Override
    public void close() {
        fetching.forEach(future -> future.cancel(true));
        fetching.clear();
    }

    /** Waits for a result; throws the exception of the task where it failed. */
    static <T> T result(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("The thread was interrupted while it waited for the API.");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
        }
    }
}
