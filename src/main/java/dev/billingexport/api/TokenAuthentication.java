package dev.billingexport.api;

import java.time.Clock;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Logs in when a token is first needed, was refused, or nears the end of its stated lifetime. Threads that hold the
 * same stale token share one login and its result. A denied login is final, because repeating it could lock the
 * account.
 */
final class TokenAuthentication implements Authentication {

    private final Login login;
    private final Clock clock;

    private @Nullable FutureTask<Token> task;
    private @Nullable Token token;

    TokenAuthentication(Login login, Clock clock) {
        this.login = login;
        this.clock = clock;
    }

    @Override
    public String authorization() {
        while (true) {
            FutureTask<Token> shared = task();
            // Only the first thread's call runs the task; the others wait for its result.
            shared.run();
            try {
                return shared.get().authorization();
            } catch (InterruptedException e) {
                throw RequestLimiter.interrupted();
            } catch (ExecutionException e) {
                Throwable cause = e.getCause();
                if (!(cause instanceof ApiException.Denied)) {
                    forget(shared);
                }
                // If the thread that logs in was told to stop, its login ends, and one of the waiting threads takes
                // over.
                if (!(cause instanceof CancellationException)
                        || Thread.currentThread().isInterrupted()) {
                    throw unchecked(cause);
                }
            }
        }
    }

    @Override
    public synchronized boolean renew(String refused) {
        if (token != null && token.authorization().equals(refused)) {
            token = null;
            task = null;
        }
        return true;
    }

    private synchronized FutureTask<Token> task() {
        if (token != null && token.isDue(clock.instant())) {
            token = null;
            task = null;
        }
        if (task == null) {
            task = new FutureTask<>(() -> keep(login.token()));
        }
        return task;
    }

    private synchronized Token keep(Token fresh) {
        token = fresh;
        return fresh;
    }

    private synchronized void forget(FutureTask<Token> failed) {
        if (task == failed) {
            task = null;
        }
    }

    private static RuntimeException unchecked(@Nullable Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException e ? e : new IllegalStateException(cause);
    }
}
