package dev.billingexport.ledger;

import dev.billingexport.session.Session;
import dev.billingexport.session.SessionUsage;
import dev.billingexport.session.Share;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The sessions of a run in order, a page at a time. Each page starts behind the last key of the one before it, so that
 * no page costs more than another and nothing is sorted but by the index, whose columns the order must name one and all.
 *
 * @param share which of them; null for all
 */
record SessionPages(JdbcClient jdbc, long run, @Nullable Share share) {

    private static final int PAGE = 500;
    private static final Instant BEFORE_ALL = Instant.parse("-9999-01-01T00:00:00Z");

    List<SessionUsage> first() {
        return from(BEFORE_ALL, "");
    }

    List<SessionUsage> after(List<SessionUsage> page) {
        Session last = page.get(page.size() - 1).session();
        Instant date = last.date();
        return page.size() < PAGE || date == null ? List.of() : from(date, last.sessionId());
    }

    private List<SessionUsage> from(Instant date, String id) {
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
                .param("date", Rows.utc(date))
                .param("id", id)
                .param("page", PAGE)
                .query((row, number) -> Rows.sessionUsage(row))
                .list();
    }
}
