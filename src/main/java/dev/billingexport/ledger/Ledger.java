package dev.billingexport.ledger;

import dev.billingexport.session.Problem;
import dev.billingexport.session.Window;
import java.sql.ResultSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * What was collected for a run: its windows, and every session in them with its details and problems. Repeating a call
 * changes nothing more. Each call joins the caller's transaction, or is one of its own; what is committed survives
 * every kind of death. Thread-safe. {@link LedgerContents} reads it in the order of the files.
 */
@Repository
@Transactional
public class Ledger {

    private final JdbcClient jdbc;
    private final SessionTables tables;
    private final ListedValues values;

    private final Dialect dialect;

    Ledger(JdbcClient jdbc, Dialect dialect, SessionTables tables, ListedValues values) {
        this.jdbc = jdbc;
        this.dialect = dialect;
        this.tables = tables;
        this.values = values;
    }

    /**
     * Fixes the windows of a run. Windows that an earlier launch fixed are kept, whatever is asked for now.
     *
     * @param scope the fingerprint of what they are listed under, whatever the application
     * @return whether they were fixed just now
     */
    public boolean fixWindows(Run run, String scope, List<Window> windows) {
        if (windowCount(run) > 0) {
            return false;
        }
        tables.insertWindows(run.id(), scope, windows);
        return true;
    }

    /** Replaces a run's windows by longer ones, for a launch that can't list them one by one; what is collected stays. */
    public void joinWindows(Run run, String scope, List<Window> windows) {
        if (windowCount(run) > windows.size()) {
            jdbc.sql("DELETE FROM collection_window WHERE run_id = :run")
                    .param("run", run.id())
                    .update();
            tables.insertWindows(run.id(), scope, windows);
        }
    }

    /** The run's windows that are not closed, in order. */
    @Transactional(readOnly = true)
    public List<OpenWindow> openWindows(Run run) {
        return openWindows(run, "");
    }

    /** How many windows were collected for the run in all. */
    @Transactional(readOnly = true)
    public long windowCount(Run run) {
        return jdbc.sql("SELECT COUNT(*) FROM collection_window WHERE run_id = :run")
                .param("run", run.collectedBy())
                .query(Long.class)
                .single();
    }

    /** Those of the sessions that the ledger already has, by id. */
    @Transactional(readOnly = true)
    public Map<String, KnownSession> known(Run run, Collection<String> sessionIds) {
        if (sessionIds.isEmpty()) {
            return Map.of();
        }
        // Joined, for in a list H2 would look up none of them by the key.
        return jdbc
                .sql(
                        "SELECT s.* FROM UNNEST(:ids) AS k(id) JOIN session s ON s.session_id = k.id WHERE s.run_id = :run")
                .param("run", run.id())
                .param("ids", sessionIds.toArray(String[]::new))
                .query((row, number) -> Rows.knownSession(row))
                .list()
                .stream()
                .collect(Collectors.toMap(known -> known.session().sessionId(), Function.identity()));
    }

    /** Enters sessions with all that belongs to them, in place of whatever the ledger had of them. */
    public void write(Run run, List<? extends CollectedSession> sessions) {
        dialect.takeTurn(run.id());
        tables.replace(run.id(), sessions);
    }

    /**
     * Enters that a window was read to its end. The window counts as moved where the listing brought news, or where
     * other sessions than last time are missing from it. What was taken over from an earlier run and is not listed any
     * more was never this run's, and goes; so do the problems of an earlier listing.
     */
    public void listed(Run run, Window window, Listing listing) {
        dialect.takeTurn(run.id());
        Set<String> changed = new HashSet<>(listing.changed());
        Set<String> missing = new HashSet<>();
        Set<String> missingBefore = new HashSet<>();
        forEachIn(run, window, (sessionId, unlisted) -> {
            if (!listing.sessionIds().contains(sessionId)) {
                missing.add(sessionId);
            }
            if (unlisted) {
                missingBefore.add(sessionId);
            }
        });
        boolean lessReused = tables.deleteReused(run.id(), missing);
        if (!missing.equals(missingBefore)) {
            changed.addAll(without(missing, missingBefore));
            changed.addAll(without(missingBefore, missing));
            tables.markUnlisted(run.id(), window, missing);
        }
        tables.countChanges(run.id(), changed);
        tables.replaceFlawed(run.id(), window, listing.flawed());
        values.replace(run, window, listing.leftOut());
        if (listing.displaced() == null) {
            tables.noteStrays(run.id(), window, listing.strays());
        } else {
            tables.noteDisplaced(run.id(), Reopening.seconds(listing.displaced()));
        }
        jdbc.sql("""
                        UPDATE collection_window SET listings = listings + 1, moved = :moved, listed_at = :at, reach = :reach
                         WHERE run_id = :run AND app_type = :appType AND start_at = :start
                        """)
                .param("at", Rows.utc(listing.at()))
                .param("reach", listing.reach().toSeconds())
                .param("moved", listing.added() > 0 || lessReused || !changed.isEmpty())
                .param("run", run.id())
                .param("appType", window.appType().code())
                .param("start", Rows.utc(window.start()))
                .update();
    }

    /** Forgets how often sessions changed: a new launch may find an API that was healed. */
    public void forgetChanges(Run run) {
        jdbc.sql("UPDATE session SET changes = 0 WHERE run_id = :run AND changes > 0")
                .param("run", run.id())
                .update();
    }

    /** The open windows whose last listing did not agree with the ledger, in order. */
    @Transactional(readOnly = true)
    public List<Window> movedWindows(Run run) {
        return openWindows(run, "AND moved").stream().map(OpenWindow::window).toList();
    }

    /**
     * Closes every window whose sessions are all in. Sessions that the API no longer lists leave the ledger and become
     * problems; a window with a problem stays open, and so does the other application's where a session can't be billed:
     * both may list it.
     */
    public void closeWindows(Run run) {
        if (hasUnlisted(run)) {
            removeUnlisted(run);
        }
        jdbc.sql("""
                        UPDATE collection_window w SET closed = TRUE
                         WHERE run_id = :run AND NOT EXISTS (
                               SELECT 1 FROM problem p
                                WHERE p.run_id = w.run_id AND (p.app_type = w.app_type OR p.part = :part)
                                  AND p.session_date >= w.start_at AND p.session_date < w.end_at)
                        """)
                .param("run", run.id())
                .param("part", Problem.Part.SESSION.code())
                .update();
    }

    /** By the windows, so that the index alone is read: mostly there are none. */
    private boolean hasUnlisted(Run run) {
        return jdbc.sql("""
                        SELECT EXISTS (
                               SELECT 1 FROM collection_window w
                                 JOIN session s ON s.run_id = w.run_id AND s.app_type = w.app_type
                                  AND s.session_date >= w.start_at AND s.session_date < w.end_at
                                WHERE w.run_id = :run AND s.unlisted)
                        """).param("run", run.id()).query(Boolean.class).single();
    }

    private void removeUnlisted(Run run) {
        jdbc.sql("""
                        INSERT INTO problem (run_id, session_id, part, app_type, session_date, trans_date, cause, attempts)
                        SELECT run_id, session_id, :part, app_type, session_date, trans_date, :cause, 0
                          FROM session
                         WHERE run_id = :run AND unlisted
                           AND session_id NOT IN (SELECT session_id FROM problem WHERE run_id = :run AND part = :part)
                        """)
                .param("part", Problem.Part.SESSION.code())
                .param("cause", "The API listed this session when it was collected, and no longer does.")
                .param("run", run.id())
                .update();
        jdbc.sql("DELETE FROM session WHERE run_id = :run AND unlisted")
                .param("run", run.id())
                .update();
    }

    private List<OpenWindow> openWindows(Run run, String condition) {
        return jdbc.sql("SELECT app_type, start_at, end_at, listings FROM collection_window"
                        + " WHERE run_id = :run AND NOT closed " + condition + " ORDER BY start_at, app_type")
                .param("run", run.id())
                .query((row, number) -> new OpenWindow(Rows.window(row), row.getInt("listings")))
                .list();
    }

    private static Set<String> without(Set<String> some, Set<String> others) {
        Set<String> rest = new HashSet<>(some);
        rest.removeAll(others);
        return rest;
    }

    /** The window's sessions with whether its last listing lacked them. All of it is in the index, whose rows cost less. */
    private void forEachIn(Run run, Window window, BiConsumer<String, Boolean> action) {
        jdbc.sql("""
                        SELECT session_id, unlisted FROM session
                         WHERE run_id = :run AND app_type = :appType AND session_date >= :start AND session_date < :end
                        """)
                .param("run", run.id())
                .param("appType", window.appType().code())
                .param("start", Rows.utc(window.start()))
                .param("end", Rows.utc(window.end()))
                .query((ResultSet row) -> action.accept(row.getString("session_id"), row.getBoolean("unlisted")));
    }
}
