package dev.billingexport.ledger;

import dev.billingexport.session.AppType;
import dev.billingexport.session.CallDetail;
import dev.billingexport.session.NumberOrText;
import dev.billingexport.session.Problem;
import dev.billingexport.session.Recording;
import dev.billingexport.session.Session;
import dev.billingexport.session.Window;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Sessions as they are collected, for tests of the ledger. */
final class Collected {

    static final Instant NOON = Instant.parse("2026-10-05T12:00:00.120Z");

    static final Window FIFTH =
            new Window(AppType.VC, Instant.parse("2026-10-05T00:00:00Z"), Instant.parse("2026-10-06T00:00:00Z"));

    /** After the month. */
    static final Reading READING = new Reading(Instant.parse("2026-11-02T04:30:00Z"), FIFTH);

    private Collected() {}

    static Session session(String id, Instant transDate) {
        return session(id, transDate, "12.50");
    }

    static Session session(String id, Instant transDate, String minutes) {
        return new Session(
                id,
                "M-1",
                "R-1",
                "U-1",
                "Ana Almeida",
                transDate,
                transDate,
                transDate.plusSeconds(750),
                new BigDecimal(minutes),
                AppType.VC);
    }

    static CallDetail callDetail(String number, String minutes) {
        return new CallDetail(
                number,
                "L-" + number,
                NOON,
                NOON.plusSeconds(60),
                new BigDecimal(minutes),
                "U-1",
                "Ana Almeida",
                "moderator",
                "203.0.113.7",
                "Firefox/143.0");
    }

    static Recording recording(String stage) {
        return new Recording(
                "https://files.example.com/" + stage + ".mp4",
                new BigDecimal("600"),
                NumberOrText.of(new BigDecimal(stage)),
                NOON,
                NOON.plusSeconds(600),
                NumberOrText.of(new BigDecimal("4294967297")));
    }

    static CollectedSession collected(
            Session session, List<CallDetail> callDetails, List<Recording> recordings, List<Problem> problems) {
        return new CollectedSession(session, callDetails, recordings, problems, READING);
    }

    static Listing listing(Set<String> sessionIds, List<Problem> flawed, long added, Set<String> changed) {
        return new Listing(sessionIds, flawed, added, changed, READING.at(), Duration.ZERO, Map.of(), Map.of(), null);
    }

    static CollectedSession complete(Session session, CallDetail... callDetails) {
        return collected(session, List.of(callDetails), List.of(recording("1")), List.of());
    }

    static CollectedSession broken(Session session) {
        return collected(session, List.of(), List.of(), List.of(problem(session, "It answers 500.", 6)));
    }

    static Problem problem(Session session, String cause, int attempts) {
        return new Problem(session.sessionId(), session.transDate(), Problem.Part.CALL_DETAILS, cause, attempts);
    }
}
