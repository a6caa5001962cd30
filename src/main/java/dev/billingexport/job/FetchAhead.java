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
import org.springframework.batch.infrastructure.item.ItemProcessor;
import org.springframework.batch.infrastructure.item.ItemReader;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/**
 * The reader and the processor of one window, both ahead of Batch: sessions are read before Batch asks for them, and the
 * processor works on each from then on. The API is kept busy while a page is listed or a chunk is committed. Batch's own
 * concurrent chunks and its asynchronous processor wait for the last item of each chunk before they read the next one.
 *
 * <p>Items must be processed in the order in which they were read, each once. What was fetched and is not committed is
 * fetched again after a restart. Not thread-safe; one for each partition.
 */
class FetchAhead implements ItemStreamReader<Session>, ItemProcessor<Session, CollectedSession> {

    private final ItemReader<Session> sessions;
    private final ItemProcessor<Session, CollectedSession> details;
    private final ExecutorService executor;
    private final int ahead;
    private final Queue<Session> waiting = new ArrayDeque<>();
    private final Queue<Future<CollectedSession>> fetching = new ArrayDeque<>();
    private boolean readerEnded;
    private boolean ended;

    /**
     * @param details thread-safe
     * @param ahead how many sessions are read before Batch asks for them, at most
     */
    FetchAhead(
            ItemReader<Session> sessions,
            ItemProcessor<Session, CollectedSession> details,
            ExecutorService executor,
            int ahead) {
        this.sessions = sessions;
        this.details = details;
        this.executor = executor;
        this.ahead = ahead;
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

    /** Whether Batch was told that there are no more sessions: the chunk at hand is the last one. */
    boolean ended() {
        return ended;
    }

    /** Gives up what nobody waits for any more. */
    @Override
    public void close() {
        fetching.forEach(future -> future.cancel(true));
        fetching.clear();
    }

    /** What came of it, once it did; throws what it threw. */
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
