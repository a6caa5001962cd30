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
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Stores what was collected for a run: its windows, and every session in them with its details and problems. All calls
 * are idempotent. Each call joins the caller's transaction or runs in its own; committed data survives any crash.
 * Thread-safe. {@link LedgerContents} reads the data in the order of the files.
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
     * Stores the windows of a run. Does nothing if an earlier launch stored windows.
     *
     * @param scope fingerprint of the listings' conditions without the application
     * @return whether they were stored now
     */
    public boolean fixWindows(Run run, String scope, List<Window> windows) {
        if (windowCount(run) > 0) {
            return false;
        }
        tables.insertWindows(run.id(), scope, windows);
        return true;
    }

    /**
     * Replaces a run's windows by fewer, longer ones, for a launch that can't list them one by one. Collected sessions
     * stay.
     */
    public void joinWindows(Run run, String scope, List<Window> windows) {
        if (windowCount(run) > windows.size()) {
            jdbc.sql("DELETE FROM collection_window WHERE run_id = :run")
                    .param("run", run.id())
                    .update();
            tables.insertWindows(run.id(), scope, windows);
        }
    }

    /** Returns the run's windows that are not closed, in order. */
    @Transactional(readOnly = true)
    public List<OpenWindow> openWindows(Run run) {
        return openWindows(run, "");
    }

    /** Returns the number of windows that the run's sessions were collected in. */
    @Transactional(readOnly = true)
    public long windowCount(Run run) {
        return jdbc.sql("SELECT COUNT(*) FROM collection_window WHERE run_id = :run")
                .param("run", run.collectedBy())
                .query(Long.class)
                .single();
    }

    /** Whether what was collected for a delivered run has been forgotten. */
    @Transactional(readOnly = true)
    public boolean isPurged(Run run) {
        return run.delivered() && windowCount(run) == 0;
    }

    /**
     * Returns those of the given sessions that the ledger has, by id. Reads outside of the caller's transaction, so that
     * a chunk's transaction has not begun in the database while the chunk waits for the API.
     */
    @Transactional(propagation = Propagation.NOT_SUPPORTED)
    public Map<String, KnownSession> known(Run run, Collection<String> sessionIds) {
        if (sessionIds.isEmpty()) {
            return Map.of();
        }
        // A join, because for an IN list H2 doesn't use the key.
        return jdbc
                .sql(
                        "SELECT s.* FROM UNNEST(:ids) AS k(id) JOIN session s ON s.session_id = k.id WHERE s.run_id = :run")
                .param("run", run.id())
                .param("ids", sessionIds.toArray(String[]::new))
                .query((row, number) -> RowMappers.knownSession(row))
                .list()
                .stream()
                .collect(Collectors.toMap(known -> known.session().sessionId(), Function.identity()));
    }

    /** Stores sessions with their details and problems, replacing what the ledger has of them. */
    public void write(Run run, List<? extends CollectedSession> sessions) {
        dialect.takeTurn(run.id());
        tables.replace(run.id(), sessions);
    }

    /**
     * Records that a window was read completely. The window counts as moved if the listing had new or changed sessions,
     * or lacked other sessions than the previous one. Deletes sessions that were copied from an earlier run and are no
     * longer listed, and the problems of the previous listing.
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
                .param("at", RowMappers.utc(listing.at()))
                .param("reach", listing.reach().toSeconds())
                .param("moved", listing.added() > 0 || lessReused || !changed.isEmpty())
                .param("run", run.id())
                .param("appType", window.appType().code())
                .param("start", RowMappers.utc(window.start()))
                .update();
    }

    /** Resets the counts of changes, because the API may behave correctly in a new launch. */
    public void forgetChanges(Run run) {
        jdbc.sql("UPDATE session SET changes = 0 WHERE run_id = :run AND changes > 0")
                .param("run", run.id())
                .update();
    }

    /** Returns the open windows whose last listing differed from the ledger, in order. */
    @Transactional(readOnly = true)
    public List<Window> movedWindows(Run run) {
        return openWindows(run, "AND moved").stream().map(OpenWindow::window).toList();
    }

    /**
     * Closes every window whose sessions are complete. Sessions that the API no longer lists are deleted and become
     * problems. A window with a problem stays open. If a session can't be billed at all, the same window of the other
     * applications stays open too, because they may list it as well.
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

    /** Queries by window, so that only the index is read: usually there are no such sessions. */
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
                .param("cause", "The API listed this session when it was collected, but no longer lists it.")
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
                .query((row, number) -> new OpenWindow(RowMappers.window(row), row.getInt("listings")))
                .list();
    }

    private static Set<String> without(Set<String> some, Set<String> others) {
        Set<String> rest = new HashSet<>(some);
        rest.removeAll(others);
        return rest;
    }

    /**
     * Passes on the window's sessions and whether its last listing lacked them. Reads only the index, which is faster
     * than the table.
     */
    private void forEachIn(Run run, Window window, BiConsumer<String, Boolean> action) {
        jdbc.sql("""
                        SELECT session_id, unlisted FROM session
                         WHERE run_id = :run AND app_type = :appType AND session_date >= :start AND session_date < :end
                        """)
                .param("run", run.id())
                .param("appType", window.appType().code())
                .param("start", RowMappers.utc(window.start()))
                .param("end", RowMappers.utc(window.end()))
                .query((ResultSet row) -> action.accept(row.getString("session_id"), row.getBoolean("unlisted")));
    }
}
