package dev.billingexport.ledger;

import static dev.billingexport.ledger.Collected.broken;
import static dev.billingexport.ledger.Collected.callDetail;
import static dev.billingexport.ledger.Collected.complete;
import static dev.billingexport.ledger.Collected.listing;
import static dev.billingexport.ledger.Collected.session;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.session.AppType;
import dev.billingexport.session.Problem;
import dev.billingexport.session.Session;
import dev.billingexport.session.SessionDetails;
import dev.billingexport.session.SessionUsage;
import dev.billingexport.session.Window;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Windows: fixed once, read until they stand still, closed when nothing of them is missing. */
@ParameterizedClass
@EnumSource(Vendor.class)
class ListingTest {

    @Parameter
    Vendor vendor;

    private static final Window FIRST = window(1);
    private static final Window SECOND = window(2);
    private static final Session IN_FIRST = session("a", FIRST.start());
    private static final Session IN_SECOND = session("b", SECOND.start());

    @TempDir
    static Path folder;

    private static LedgerDatabase database;

    private Ledger ledger;
    private Run run;

    @BeforeParameterizedClassInvocation
    static void open(Vendor vendor) {
        database = LedgerDatabase.open(vendor, folder);
    }

    @AfterParameterizedClassInvocation
    static void close() {
        database.close();
    }

    @BeforeEach
    void fixWindows() {
        ledger = database.ledger();
        run = database.newRun();
        ledger.fixWindows(run, "scope", List.of(FIRST, SECOND));
    }

    @Test
    void windowsAreFixedOnce() {
        ledger.fixWindows(run, "scope", List.of(window(7), window(8), window(9)));

        assertThat(ledger.openWindows(run)).containsExactly(new OpenWindow(FIRST, 0), new OpenWindow(SECOND, 0));
        assertThat(ledger.windowCount(run)).isEqualTo(2);
    }

    @Test
    void windowsAreInOrderOfTimeThenApplication() {
        Run mixed = database.newRun();
        Window webinars = new Window(AppType.WB, FIRST.start(), FIRST.end());

        ledger.fixWindows(mixed, "scope", List.of(webinars, SECOND, FIRST));

        assertThat(ledger.openWindows(mixed)).extracting(OpenWindow::window).containsExactly(FIRST, webinars, SECOND);
    }

    @Test
    void theListingIsSettledOnceEveryWindowWasReadWithoutNews() {
        assertThat(ledger.movedWindows(run)).isNotEmpty();

        collect(IN_FIRST);
        list(FIRST, 1, "a");
        list(SECOND, 0);
        assertThat(ledger.movedWindows(run)).isNotEmpty();

        list(FIRST, 0, "a");
        assertThat(ledger.movedWindows(run)).isEmpty();
        assertThat(ledger.openWindows(run)).containsExactly(new OpenWindow(FIRST, 2), new OpenWindow(SECOND, 1));
    }

    @Test
    void aSettledListingClosesItsWindows() {
        collect(IN_FIRST, IN_SECOND);
        list(FIRST, 0, "a");
        list(SECOND, 0, "b");

        ledger.closeWindows(run);

        assertThat(ledger.openWindows(run)).isEmpty();
        assertThat(ledger.windowCount(run)).isEqualTo(2);
        assertThat(ledger.movedWindows(run)).isEmpty();
    }

    @Test
    void aMissingSessionMovesItsWindowOnce() {
        collect(IN_FIRST, IN_SECOND);
        list(SECOND, 0, "b");

        list(FIRST, 0);
        assertThat(ledger.movedWindows(run)).isNotEmpty();

        list(FIRST, 0);
        assertThat(ledger.movedWindows(run)).isEmpty();
    }

    @Test
    void anotherMissingSessionMovesTheWindowAgain() {
        Session late = session("late", FIRST.start().plusSeconds(1));
        collect(IN_FIRST, late);
        list(SECOND, 0);
        list(FIRST, 0, "late");

        list(FIRST, 0, "a");
        assertThat(ledger.movedWindows(run)).isNotEmpty();

        list(FIRST, 0, "a");
        ledger.closeWindows(run);
        assertThat(sessions()).containsExactly(IN_FIRST);
    }

    @Test
    void aSessionThatReappearsIsKept() {
        collect(IN_FIRST);
        list(SECOND, 0);
        list(FIRST, 0);

        list(FIRST, 0, "a");
        assertThat(ledger.movedWindows(run)).isNotEmpty();
        list(FIRST, 0, "a");
        ledger.closeWindows(run);

        assertThat(sessions()).containsExactly(IN_FIRST);
        assertThat(database.contents().problems(run)).isEmpty();
        assertThat(ledger.openWindows(run)).isEmpty();
    }

    @Test
    void aVanishedSessionBecomesAProblemAndLeavesTheLedgerWithAllItHad() {
        ledger.write(run, List.of(complete(IN_FIRST, callDetail("1", "1")), complete(IN_SECOND)));
        list(FIRST, 0);
        list(FIRST, 0);
        list(SECOND, 0, "b");

        ledger.closeWindows(run);
        ledger.closeWindows(run);
        // As a later launch does, and must not forget it.
        list(FIRST, 0);
        list(FIRST, 0);
        ledger.closeWindows(run);

        assertThat(sessions()).containsExactly(IN_SECOND);
        assertThat(database.contents().details(run).flatMap(SessionDetails::callDetailRows))
                .isEmpty();
        assertThat(database.contents().problems(run)).singleElement().satisfies(problem -> {
            assertThat(problem.sessionId()).isEqualTo("a");
            assertThat(problem.part()).isEqualTo(Problem.Part.SESSION);
            assertThat(problem.transDate()).isEqualTo(FIRST.start());
            assertThat(problem.cause()).contains("no longer");
        });
        assertThat(ledger.openWindows(run)).extracting(OpenWindow::window).containsExactly(FIRST);
    }

    @Test
    void aVanishedSessionThatComesBackIsAProblemNoMore() {
        collect(IN_FIRST);
        list(SECOND, 0);
        list(FIRST, 0);
        list(FIRST, 0);
        ledger.closeWindows(run);

        collect(IN_FIRST);
        list(FIRST, 1, "a");
        list(FIRST, 0, "a");
        ledger.closeWindows(run);

        assertThat(sessions()).containsExactly(IN_FIRST);
        assertThat(database.contents().problems(run)).isEmpty();
        assertThat(ledger.openWindows(run)).isEmpty();
    }

    @Test
    void aProblemKeepsItsWindowOpenAndNoOther() {
        ledger.write(run, List.of(broken(IN_FIRST), complete(IN_SECOND)));
        list(FIRST, 0, "a");
        list(SECOND, 0, "b");

        ledger.closeWindows(run);

        assertThat(ledger.openWindows(run)).extracting(OpenWindow::window).containsExactly(FIRST);

        collect(IN_FIRST);
        ledger.closeWindows(run);

        assertThat(ledger.openWindows(run)).isEmpty();
    }

    @Test
    void aSessionWithoutAnyDateIsAProblemOfTheLastWindowThatListsIt() {
        Problem dateless = new Problem("undated", null, Problem.Part.SESSION, "It has no date.", 1);
        ledger.listed(run, FIRST, listing(Set.of(), List.of(dateless), 0, Set.of()));
        ledger.listed(run, SECOND, listing(Set.of(), List.of(dateless), 0, Set.of()));

        ledger.closeWindows(run);

        assertThat(database.contents().problems(run)).containsExactly(dateless);
        assertThat(ledger.openWindows(run)).extracting(OpenWindow::window).containsExactly(SECOND);

        list(SECOND, 0);
        ledger.closeWindows(run);

        assertThat(database.contents().problems(run)).isEmpty();
        assertThat(ledger.openWindows(run)).isEmpty();
    }

    @Test
    void changesAreCountedThroughReappearancesAndRefetching() {
        collect(IN_FIRST);
        list(FIRST, 0);
        list(FIRST, 0);
        list(FIRST, 0, "a");
        collect(IN_FIRST);
        ledger.listed(run, FIRST, listing(Set.of("a"), List.of(), 0, Set.of("a")));
        assertThat(ledger.movedWindows(run)).contains(FIRST);
        list(FIRST, 0, "a");

        assertThat(ledger.known(run, List.of("a")).get("a").changes()).isEqualTo(3);
        assertThat(ledger.movedWindows(run)).doesNotContain(FIRST);
    }

    @Test
    void aSessionThatCantBeBilledKeepsTheWindowsOfBothApplicationsOpen() {
        Run mixed = database.newRun();
        Window webinars = new Window(AppType.WB, FIRST.start(), FIRST.end());
        Problem problem = new Problem("a", FIRST.start(), Problem.Part.SESSION, "It is listed twice.", 1);
        ledger.fixWindows(mixed, "scope", List.of(FIRST, webinars, SECOND));

        ledger.listed(mixed, webinars, listing(Set.of(), List.of(problem), 0, Set.of()));
        ledger.closeWindows(mixed);

        assertThat(ledger.openWindows(mixed)).extracting(OpenWindow::window).containsExactly(FIRST, webinars);
    }

    @Test
    void theSameTimeOfTheOtherApplicationIsAnotherWindow() {
        Run mixed = database.newRun();
        Window webinars = new Window(AppType.WB, FIRST.start(), FIRST.end());
        ledger.fixWindows(mixed, "scope", List.of(FIRST, webinars));
        ledger.write(mixed, List.of(complete(IN_FIRST)));

        ledger.listed(mixed, webinars, listing(Set.of(), List.of(), 0, Set.of()));
        ledger.listed(mixed, FIRST, listing(Set.of("a"), List.of(), 0, Set.of()));

        assertThat(ledger.movedWindows(mixed)).isEmpty();
    }

    private void collect(Session... sessions) {
        for (Session session : sessions) {
            ledger.write(run, List.of(complete(session)));
        }
    }

    private void list(Window window, int news, String... sessionIds) {
        ledger.listed(run, window, listing(Set.of(sessionIds), List.of(), news, Set.of()));
    }

    private List<Session> sessions() {
        return database.contents().sessions(run).map(SessionUsage::session).toList();
    }

    private static Window window(int day) {
        Instant start = Instant.parse("2026-10-01T00:00:00Z").plus(Duration.ofDays(day - 1));
        return new Window(AppType.VC, start, start.plus(Duration.ofDays(1)));
    }
}
