package dev.billingexport.ledger;

import dev.billingexport.session.Problem;
import dev.billingexport.session.Split;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads the sessions of a run in order, page by page. Each page starts after the last key of the previous page and is
 * sorted by an index, whose columns the order must name completely, so all pages cost the same. The next page is read
 * while one is used.
 *
 * @param split the split to read; null for all sessions
 * @param reader converts a row
 * @param ahead reads the pages after the first
 */
record SessionPages<T>(
        JdbcClient jdbc, Executor ahead, long run, @Nullable Split split, RowReader<T> reader) {

    private static final int PAGE = 500;
    private static final Key START = new Key(OffsetDateTime.of(1, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC), "");

    /** Converts a row of the table {@code session}. */
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private record Key(OffsetDateTime date, String id) {}

    private record Keyed<T>(Key key, T row) {}

    Stream<T> stream() {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(new Pages(), Spliterator.ORDERED), false)
                .flatMap(List::stream)
                .map(Keyed::row);
    }

    private final class Pages implements Iterator<List<Keyed<T>>> {

        private @Nullable CompletableFuture<List<Keyed<T>>> next = CompletableFuture.completedFuture(after(START));

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public List<Keyed<T>> next() {
            if (next == null) {
                throw new NoSuchElementException();
            }
            List<Keyed<T>> page = read(next);
            next = page.size() < PAGE ? null : CompletableFuture.supplyAsync(() -> after(last(page)), ahead);
            return page;
        }

        private static <T> List<Keyed<T>> read(CompletableFuture<List<Keyed<T>>> page) {
            try {
                return page.join();
            } catch (CompletionException e) {
                if (e.getCause() instanceof Error error) {
                    throw error;
                }
                throw e.getCause() instanceof RuntimeException cause ? cause : e;
            }
        }

        private static Key last(List<? extends Keyed<?>> page) {
            return page.get(page.size() - 1).key();
        }
    }

    private List<Keyed<T>> after(Key last) {
        SplitCondition which = new SplitCondition(split);
        return jdbc.sql("""
                        SELECT s.*, s.complete OR NOT EXISTS (
                                 SELECT 1 FROM problem p
                                  WHERE p.run_id = s.run_id AND p.session_id = s.session_id AND p.part = :callDetails
                               ) AS call_details_fetched
                          FROM session s
                         WHERE run_id = :run %s
                           AND session_date >= :date AND (session_date > :date OR session_id > :id)
                         ORDER BY run_id, %s session_date, session_id
                         FETCH FIRST :page ROWS ONLY
                        """.formatted(which.sql(), which.order()))
                .param("callDetails", Problem.Part.CALL_DETAILS.code())
                .param("run", run)
                .params(which.params())
                .param("date", last.date())
                .param("id", last.id())
                .param("page", PAGE)
                .query((row, number) -> new Keyed<>(
                        new Key(row.getObject("session_date", OffsetDateTime.class), row.getString("session_id")),
                        reader.read(row)))
                .list();
    }
}
