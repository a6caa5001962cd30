package dev.billingexport.ledger;

import dev.billingexport.session.Period;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * The runs of this data directory. Thread-safe. A change is durable when the call, or the transaction around it, ends.
 */
@Repository
public class Runs {

    private static final String COLUMNS = """
            SELECT run_id, export_name, period_from, period_to, time_zone, scope, revision, arguments, created_at,
                   delivered_at, location, rendered_from
              FROM run
            """;

    private static final List<String> FORGET = List.of(
            "DELETE FROM session WHERE run_id = :id",
            "DELETE FROM problem WHERE run_id = :id",
            "DELETE FROM unread_field WHERE run_id = :id",
            "DELETE FROM collection_window WHERE run_id = :id");

    private final JdbcClient jdbc;
    private final Dialect dialect;

    Runs(JdbcClient jdbc, Dialect dialect) {
        this.jdbc = jdbc;
        this.dialect = dialect;
    }

    /** Returns every run, the newest first. */
    public List<Run> all() {
        return jdbc.sql(COLUMNS + " ORDER BY run_id DESC").query(Runs::map).list();
    }

    /** Returns the run with a number. */
    public Optional<Run> find(long id) {
        return jdbc.sql(COLUMNS + " WHERE run_id = :id")
                .param("id", id)
                .query(Runs::map)
                .optional();
    }

    /** Returns the run with a key. */
    public Optional<Run> find(RunKey key) {
        return revisions(key).stream().filter(run -> run.key().equals(key)).findFirst();
    }

    /** Returns the runs that differ from the key at most in the revision, the newest first. */
    public List<Run> revisions(RunKey key) {
        return jdbc.sql(COLUMNS + """
                         WHERE export_name = :export AND period_from = :from AND period_to = :to AND time_zone = :zone
                           AND scope = :scope
                         ORDER BY revision DESC
                        """)
                .param("export", key.export())
                .param("from", key.period().from())
                .param("to", key.period().to())
                .param("zone", key.period().zone().getId())
                .param("scope", key.scope())
                .query(Runs::map)
                .list();
    }

    /** Adds a new run that collects. */
    public Run create(RunKey key, List<String> arguments, Instant now) {
        return create(key, arguments, now, null);
    }

    /**
     * Adds a new run that delivers again what another run collected.
     *
     * @param key the other run's key with another revision
     */
    public Run createFrom(Run collected, RunKey key, List<String> arguments, Instant now) {
        return create(key, arguments, now, collected.collectedBy());
    }

    private Run create(RunKey key, List<String> arguments, Instant now, @Nullable Long renderedFrom) {
        jdbc.sql("""
                        INSERT INTO run (export_name, period_from, period_to, time_zone, scope, revision, arguments,
                                         created_at, rendered_from)
                        VALUES (:export, :from, :to, :zone, :scope, :revision, :arguments, :now, :renderedFrom)
                        """)
                .param("export", key.export())
                .param("from", key.period().from())
                .param("to", key.period().to())
                .param("zone", key.period().zone().getId())
                .param("scope", key.scope())
                .param("revision", key.revision())
                .param("arguments", String.join("\n", arguments))
                .param("now", RowMappers.utc(now))
                .param("renderedFrom", renderedFrom)
                .update();
        return find(key).orElseThrow();
    }

    /** Replaces the arguments that launch a run again by those of the present launch, and clears its failure. */
    public void relaunched(Run run, List<String> arguments) {
        jdbc.sql("UPDATE run SET arguments = :arguments, failure = NULL WHERE run_id = :id")
                .param("arguments", String.join("\n", arguments))
                .param("id", run.id())
                .update();
    }

    /** Stores why the last launch failed, for {@code show}. */
    public void failed(Run run, String why) {
        jdbc.sql("UPDATE run SET failure = :why WHERE run_id = :id")
                .param("why", why)
                .param("id", run.id())
                .update();
    }

    /** Returns why the last launch failed, where it stated a reason. */
    public Optional<String> failure(Run run) {
        return jdbc.sql("SELECT failure FROM run WHERE run_id = :id AND failure IS NOT NULL")
                .param("id", run.id())
                .query(String.class)
                .optional();
    }

    /** Marks a run as delivered. */
    public void delivered(Run run, URI location, Instant when) {
        jdbc.sql("UPDATE run SET delivered_at = :when, location = :location WHERE run_id = :id")
                .param("when", RowMappers.utc(when))
                .param("location", location.toString())
                .param("id", run.id())
                .update();
    }

    /**
     * Deletes what was collected for a run. A delivered run stays known as delivered; any other is deleted completely.
     */
    @Transactional
    public void forget(Run run) {
        for (String statement : FORGET) {
            jdbc.sql(statement).param("id", run.id()).update();
        }
        if (!run.delivered()) {
            jdbc.sql("DELETE FROM run WHERE run_id = :id").param("id", run.id()).update();
        }
    }

    /**
     * Returns the space of deleted data to the file system. No further call is possible.
     *
     * @return why the database refused to, one reason a table; empty where it did not refuse
     */
    public List<String> giveSpaceBack() {
        return dialect.giveSpaceBack();
    }

    private static Run map(ResultSet row, int number) throws SQLException {
        Period period = new Period(
                row.getObject("period_from", LocalDate.class),
                row.getObject("period_to", LocalDate.class),
                ZoneId.of(row.getString("time_zone")));
        @Nullable String location = row.getString("location");
        return new Run(
                row.getLong("run_id"),
                new RunKey(row.getString("export_name"), period, row.getString("scope"), row.getInt("revision")),
                row.getString("arguments").lines().toList(),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                RowMappers.instant(row, "delivered_at"),
                location == null ? null : URI.create(location),
                row.getObject("rendered_from", Long.class));
    }
}
