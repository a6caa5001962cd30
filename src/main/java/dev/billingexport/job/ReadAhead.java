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
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/**
 * Hands out the sessions of one window with their details, in the order of the listing. Those of the next sessions are
 * being fetched meanwhile, so that the API is kept busy while a page is listed or a chunk is committed.
 *
 * <p>What was fetched ahead and is not committed is fetched again after a restart. Not thread-safe; one for each
 * partition.
 */
class ReadAhead implements ItemStreamReader<CollectedSession> {

    private final SessionPageReader sessions;
    private final DetailProcessor details;
    private final ExecutorService executor;
    private final int ahead;
    private final Queue<Future<CollectedSession>> fetching = new ArrayDeque<>();
    private boolean ended;

    /** @param ahead how many sessions are fetched at once, at most */
    ReadAhead(SessionPageReader sessions, DetailProcessor details, ExecutorService executor, int ahead) {
        this.sessions = sessions;
        this.details = details;
        this.executor = executor;
        this.ahead = ahead;
    }

    @Override
    public @Nullable CollectedSession read() {
        while (!ended && fetching.size() < ahead) {
            Session session = sessions.read();
            if (session == null) {
                ended = true;
            } else {
                fetching.add(executor.submit(() -> details.process(session)));
            }
        }
        Future<CollectedSession> next = fetching.poll();
        if (next == null) {
            // Not before: a window counts as listed in the transaction of its last sessions.
            sessions.listed();
            return null;
        }
        return result(next);
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
