package dev.billingexport.ledger;

import static dev.billingexport.ledger.Collected.NOON;
import static dev.billingexport.ledger.Collected.broken;
import static dev.billingexport.ledger.Collected.callDetail;
import static dev.billingexport.ledger.Collected.collected;
import static dev.billingexport.ledger.Collected.complete;
import static dev.billingexport.ledger.Collected.listing;
import static dev.billingexport.ledger.Collected.session;
import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.billingexport.session.AppType;
import dev.billingexport.session.CallDetail;
import dev.billingexport.session.Filter;
import dev.billingexport.session.Problem;
import dev.billingexport.session.Session;
import dev.billingexport.session.SessionDetails;
import dev.billingexport.session.SessionUsage;
import dev.billingexport.session.Split;
import dev.billingexport.session.Usage;
import dev.billingexport.session.Window;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.DataAccessException;

/** The order of the files, over several pages of a ledger that was filled in no order at all. */
@ParameterizedClass
@EnumSource(Vendor.class)
class LedgerContentsTest {

    @Parameter
    Vendor vendor;

    /** More than two pages. */
    private static final int SESSIONS = 1_203;

    @TempDir
    static Path folder;

    private static final List<CollectedSession> SORTED = sessions();

    private static LedgerDatabase database;
    private static Run run;

    @BeforeParameterizedClassInvocation
    static void fill(Vendor vendor) {
        database = LedgerDatabase.open(vendor, folder);
        run = database.newRun();
        List<CollectedSession> shuffled = new ArrayList<>(SORTED);
        Collections.shuffle(shuffled, new Random(1));
        database.ledger().write(run, shuffled);
    }

    @AfterParameterizedClassInvocation
    static void close() {
        database.close();
    }

    @Test
    void sessionsAreInOrderOfDateAndId() {
        assertThat(database.contents().sessions(run))
                .containsExactlyElementsOf(SORTED.stream()
                        .map(collected -> new SessionUsage(
                                collected.session(),
                                Usage.of(collected.session(), collected.callDetails(), collected.recordings())))
                        .toList());
        assertThat(database.contents().sessionCount(run)).isEqualTo(SESSIONS);
    }

    @Test
    void detailsFollowTheirSessions() {
        List<SessionDetails> expected = new ArrayList<>();
        for (CollectedSession collected : SORTED) {
            expected.add(SessionDetails.of(
                    expected.size() + 1, collected.session(), collected.callDetails(), collected.recordings()));
        }
        assertThat(database.contents().details(run)).containsExactlyElementsOf(expected);
    }

    @Test
    void whetherCallDetailsWereFetchedIsKnown() {
        Run partial = database.newRun();
        Session noRecordings = session("no recordings", NOON);
        database.ledger()
                .write(
                        partial,
                        List.of(
                                broken(session("broken", NOON)),
                                complete(session("complete", NOON)),
                                collected(
                                        noRecordings,
                                        List.of(),
                                        List.of(),
                                        List.of(new Problem(
                                                "no recordings",
                                                NOON,
                                                Problem.Part.RECORDINGS,
                                                "It answers 500.",
                                                6)))));

        assertThat(database.contents().details(partial))
                .extracting(details -> details.session().sessionId(), SessionDetails::callDetailsFetched)
                .containsExactly(tuple("broken", false), tuple("complete", true), tuple("no recordings", true));
    }

    @Test
    void idsAreSortedByTheirCharactersCodes() {
        assertThat(database.contents().sessionIds(run))
                .containsExactlyElementsOf(SORTED.stream()
                        .map(collected -> collected.session().sessionId())
                        .sorted()
                        .toList());
    }

    @Test
    void aStreamMayBeDropped() {
        assertThat(database.contents().sessions(run).limit(3)).hasSize(3);
        for (int i = 0; i < 20; i++) {
            assertThat(database.contents().details(run).findFirst()).isPresent();
        }
    }

    /** A file that ended where the database did would be taken for whole. */
    @Test
    void aStreamThatBreaksOffFails(@TempDir Path dying) {
        try (LedgerDatabase broken = LedgerDatabase.open(vendor, dying)) {
            Run torn = broken.newRun();
            broken.ledger().write(torn, SORTED);
            Iterator<SessionUsage> sessions = broken.contents().sessions(torn).iterator();
            sessions.next();
            broken.tearAway();

            assertThatThrownBy(() -> sessions.forEachRemaining(session -> {})).isInstanceOf(DataAccessException.class);
        }
    }

    /** A user with more than a page, and some with a few; the sessions that name none, or an empty one, are together. */
    @Test
    void aShareIsWhatIsLeftOfTheWhole() {
        Run run = database.newRun();
        List<CollectedSession> collected = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            String user = i % 10 == 0 ? null : i % 10 == 1 ? "" : i % 10 == 2 ? "U-" + i % 7 : "\ud83d";
            Session session = new Session(
                    "s" + i, null, "R-" + i % 3, user, null, NOON.plusMillis(i % 100), null, null, null, AppType.VC);
            collected.add(i % 50 == 0 ? broken(session) : complete(session, callDetail(i + "", i + ".5")));
        }
        database.ledger().write(run, collected);
        Problem ofNobody = new Problem("gone", null, Problem.Part.SESSION, "It has no date.", 1);
        database.ledger()
                .listed(
                        run,
                        new Window(AppType.VC, NOON, NOON.plusSeconds(1)),
                        listing(Set.of(), List.of(ofNobody), 0, Set.of()));
        LedgerContents contents = database.contents();

        for (Filter.Field by : List.of(Filter.Field.USER_ID, Filter.Field.ROOM_ID)) {
            List<Split> splits = contents.splits(run, by);
            assertThat(splits)
                    .extracting(Split::value)
                    .isSorted()
                    .doesNotHaveDuplicates()
                    .hasSize(by == Filter.Field.USER_ID ? 9 : 3);
            for (Split split : splits) {
                Predicate<Session> own = session -> Split.of(by, session).equals(split);
                assertThat(contents.sessions(run, split))
                        .containsExactlyElementsOf(contents.sessions(run)
                                .filter(row -> own.test(row.session()))
                                .toList());
                assertThat(contents.details(run, split).map(SessionDetails::callDetails))
                        .containsExactlyElementsOf(contents.details(run)
                                .filter(row -> own.test(row.session()))
                                .map(SessionDetails::callDetails)
                                .toList());
            }
            assertThat(splits.stream().flatMap(split -> contents.problems(run, split)))
                    .containsExactlyInAnyOrderElementsOf(contents.problems(run)
                            .filter(problem -> !problem.equals(ofNobody))
                            .toList())
                    .hasSize(25);
        }
    }

    @Test
    void aRunWithoutSessionsHasNothing() {
        Run empty = database.newRun();

        assertThat(database.contents().sessions(empty)).isEmpty();
        assertThat(database.contents().details(empty)).isEmpty();
        assertThat(database.contents().problems(empty)).isEmpty();
        assertThat(database.contents().sessionIds(empty)).isEmpty();
    }

    @Test
    void problemsAreInOrderOfDateIdAndPart() {
        Run troubled = database.newRun();
        Session early = session("z", NOON);
        Session late = session("a", NOON.plusSeconds(1));
        Session twice = session("b", NOON.plusSeconds(1));
        Problem recordings = new Problem("b", twice.transDate(), Problem.Part.RECORDINGS, "It answers 404.", 1);
        Problem callDetails = Collected.problem(twice, "It answers 500.", 6);
        database.ledger()
                .write(
                        troubled,
                        List.of(
                                collected(twice, List.of(), List.of(), List.of(recordings, callDetails)),
                                broken(late),
                                broken(early)));

        assertThat(database.contents().problems(troubled))
                .containsExactly(
                        Collected.problem(early, "It answers 500.", 6),
                        Collected.problem(late, "It answers 500.", 6),
                        callDetails,
                        recordings);
        assertThat(database.contents().problemCount(troubled)).isEqualTo(4);
    }

    /** Half of them at one and the same time, one a year and a half before it, one without a trans_date. */
    private static List<CollectedSession> sessions() {
        List<CollectedSession> sessions = new ArrayList<>();
        sessions.add(complete(session("early", Instant.parse("2025-04-01T00:00:00Z"))));
        sessions.add(complete(
                new Session("undated", null, null, null, null, null, NOON.plusMillis(7), null, null, AppType.WB)));
        for (String id : List.of("Z", "a", "é", "0", "\ud83d", "\uffff", "\ud83d\ude00", "王")) {
            sessions.add(complete(session(id, NOON)));
        }
        while (sessions.size() < SESSIONS) {
            int i = sessions.size();
            Instant date = i % 2 == 0 ? NOON : NOON.plusMillis(i % 10);
            CallDetail[] details = new CallDetail[i % 3];
            for (int j = 0; j < details.length; j++) {
                details[j] = callDetail(i + "-" + j, j + ".50");
            }
            sessions.add(complete(session("s" + i, date), details));
        }
        sessions.sort(
                comparing((CollectedSession collected) -> collected.session().date())
                        .thenComparing(collected -> collected.session().sessionId()));
        return sessions;
    }
}
