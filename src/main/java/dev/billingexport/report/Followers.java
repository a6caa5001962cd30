package dev.billingexport.report;

import dev.billingexport.session.Session;
import java.util.Iterator;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rows that come in the order of their sessions, taken session by session while those go by. For one thread. */
final class Followers<T> implements AutoCloseable {

    private final Stream<T> stream;
    private final Iterator<T> rows;
    private final Function<T, Session> session;
    private @Nullable T next;

    Followers(Stream<T> stream, Function<T, Session> session) {
        this.stream = stream;
        this.rows = stream.iterator();
        this.session = session;
        this.next = advance();
    }

    /** The rows of a session that comes after all those that were asked for. */
    Stream<T> of(Session owner) {
        Stream.Builder<T> own = Stream.builder();
        for (T row = next; row != null && isOf(row, owner); row = next) {
            own.add(row);
            next = advance();
        }
        return own.build();
    }

    private boolean isOf(T row, Session owner) {
        return session.apply(row).sessionId().equals(owner.sessionId());
    }

    private @Nullable T advance() {
        return rows.hasNext() ? rows.next() : null;
    }

    @Override
    public void close() {
        stream.close();
    }
}
