package dev.billingexport.ledger;

import static dev.billingexport.ledger.Collected.complete;
import static dev.billingexport.ledger.Collected.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Of all that work on a window, only the one that took it last commits anything. */
@ParameterizedClass
@EnumSource(Vendor.class)
class WindowLeasesTest {

    private static final long WINDOW = 7;

    @Parameter
    Vendor vendor;

    @TempDir
    static Path folder;

    private static LedgerDatabase database;

    private Run run;
    private long worker;

    @BeforeParameterizedClassInvocation
    static void open(Vendor vendor) {
        database = LedgerDatabase.open(vendor, folder);
    }

    @AfterParameterizedClassInvocation
    static void close() {
        database.close();
    }

    @BeforeEach
    void handOut() {
        database.sql().sql("DELETE FROM window_lease").update();
        run = database.newRun();
        database.leases().enter(run, Map.of(WINDOW, "a window"));
        worker = database.workers().enter("billing", "settings", "host", 1);
    }

    @Test
    void whoeverTookItBeforeCommitsNothing() {
        WindowLease first = take(false).orElseThrow();
        write(first, "by the first");
        WindowLease second = take(true).orElseThrow();

        assertThatThrownBy(() -> write(first, "by the first, late")).isInstanceOf(LeaseLostException.class);
        write(second, "by the second");

        assertThat(first.isSuperseded()).isTrue();
        assertThat(second.isSuperseded()).isFalse();
        assertThat(written()).containsExactly("by the first", "by the second");
    }

    @Test
    void aRequestThatComesTwiceTakesNothingFromAWorkerThatIsThere() {
        take(false).orElseThrow();

        assertThat(take(false)).isEmpty();

        database.sql()
                .sql("UPDATE worker SET seen_at = CURRENT_TIMESTAMP - INTERVAL '1' MINUTE")
                .update();
        assertThat(take(false)).isPresent();
    }

    /** A broker that was restarted may deliver a request as if it were the first time. */
    @Test
    void whatWasGivenBackCanBeTakenByWhoever() {
        WindowLease first = take(false).orElseThrow();
        database.leases().release(first);
        WindowLease second = take(false).orElseThrow();

        database.leases().release(first);

        assertThat(take(false)).isEmpty();
        write(second, "by the second");
        assertThat(written()).containsExactly("by the second");
    }

    @Test
    void whatIsNotHandedOutAnyMoreCanNeitherBeTakenNorFinished() {
        WindowLease lease = take(false).orElseThrow();
        database.leases().revoke(run);

        assertThat(take(true)).isEmpty();
        assertThatThrownBy(() -> write(lease, "late")).isInstanceOf(LeaseLostException.class);
        assertThat(written()).isEmpty();
    }

    @Test
    void aLaunchThatStopsLetsTheWorkEndAndHandsOutNothing() {
        WindowLease lease = take(false).orElseThrow();
        database.leases().stop(run);

        write(lease, "the last");

        assertThat(lease.isStopping()).isTrue();
        assertThat(take(true)).isEmpty();
        assertThat(written()).containsExactly("the last");
    }

    @Test
    void whatIsGivenBackIsNotCommitted() {
        WindowLease lease = take(false).orElseThrow();
        RuntimeException reason = new IllegalStateException("no more");
        lease.giveBack(reason);

        assertThatThrownBy(() -> write(lease, "late")).isInstanceOf(LeaseLostException.class);

        assertThat(lease.isSuperseded()).isFalse();
        assertThat(lease.reason()).isSameAs(reason);
        assertThat(written()).isEmpty();
    }

    @Test
    void otherWorkInTheSameProcessNeedsNoLease() {
        take(false).orElseThrow().giveBack(null);

        database.ledger().write(run, List.of(complete(session("by itself", Collected.NOON))));

        assertThat(written()).containsExactly("by itself");
    }

    private Optional<WindowLease> take(boolean again) {
        return database.leases().take(WINDOW, worker, again);
    }

    private void write(WindowLease lease, String id) {
        lease.hold(() -> {}, () -> database.ledger().write(run, List.of(complete(session(id, Collected.NOON)))));
    }

    private List<String> written() {
        return database.sql()
                .sql("SELECT session_id FROM session WHERE run_id = :run ORDER BY session_id")
                .param("run", run.id())
                .query(String.class)
                .list();
    }
}
