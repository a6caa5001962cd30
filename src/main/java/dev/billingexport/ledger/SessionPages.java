package dev.billingexport.ledger;

import dev.billingexport.session.Share;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The sessions of a run in order, a page at a time. Each page starts behind the last key of the one before it, so that
 * no page costs more than another and nothing is sorted but by the index, whose columns the order must name one and all.
 *
 * @param share which of them; null for all
 * @param reader what is made of a row
 */
record SessionPages<T>(JdbcClient jdbc, long run, @Nullable Share share, RowReader<T> reader) {

    private static final int PAGE = 500;
    private static final Key START = new Key(OffsetDateTime.of(-9999, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC), "");

    /** Makes something of a row of the table {@code session}. */
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private record Key(OffsetDateTime date, String id) {}

    private record Keyed<T>(Key key, T row) {}

    Stream<T> stream() {
        return Stream.iterate(after(START), page -> !page.isEmpty(), this::next)
                .flatMap(List::stream)
                .map(Keyed::row);
    }

    private List<Keyed<T>> next(List<Keyed<T>> page) {
        return page.size() < PAGE ? List.of() : after(page.get(page.size() - 1).key());
    }

    private List<Keyed<T>> after(Key last) {
        ShareCondition which = new ShareCondition(share);
        return jdbc.sql("""
                        SELECT * FROM session s
                         WHERE run_id = :run %s
                           AND session_date >= :date AND (session_date > :date OR session_id > :id)
                         ORDER BY run_id, %s session_date, session_id
                         FETCH FIRST :page ROWS ONLY
                        """.formatted(which.sql(), which.order()))
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
