package dev.billingexport.job;

import dev.billingexport.api.ApiException;
import dev.billingexport.api.ReportingClient;
import dev.billingexport.ledger.CollectedSession;
import dev.billingexport.ledger.Reading;
import dev.billingexport.session.CallDetail;
import dev.billingexport.session.Problem;
import dev.billingexport.session.Recording;
import dev.billingexport.session.Session;
import dev.billingexport.session.Window;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ItemProcessor;

/**
 * Fetches a session's call details and recordings, one after the other; many sessions are processed concurrently. A
 * failure becomes a problem of that session. Refused credentials and an unreachable API concern all sessions and are
 * thrown. Thread-safe.
 */
final class DetailProcessor implements ItemProcessor<Session, CollectedSession> {

    private final ReportingClient client;
    private final Window window;
    private final Clock clock;

    /** @param window the window that lists the sessions */
    DetailProcessor(ReportingClient client, Window window, Clock clock) {
        this.client = client;
        this.window = window;
        this.clock = clock;
    }

    @Override
    public CollectedSession process(Session session) {
        Reading reading = new Reading(clock.instant(), window);
        Fetched<CallDetail> callDetails = fetch(
                session, Problem.Part.CALL_DETAILS, () -> client.callDetails(session.appType(), session.sessionId()));
        Fetched<Recording> recordings =
                fetch(session, Problem.Part.RECORDINGS, () -> recordings(session, callDetails.problem() == null));
        return new CollectedSession(
                session,
                callDetails.rows(),
                recordings.rows(),
                Stream.concat(Stream.ofNullable(callDetails.problem()), Stream.ofNullable(recordings.problem()))
                        .toList(),
                reading);
    }

    /**
     * Fetches the recordings. A 404 for an existing session means that it has none. If the 404 isn't the API's own, a
     * proxy may have failed to find the API, so the request is made twice.
     */
    private List<Recording> recordings(Session session, boolean isThere) {
        try {
            return client.recordings(session.appType(), session.sessionId());
        } catch (ApiException.Missing e) {
            if (!isThere) {
                throw e;
            }
            return e.isSaidByApi() ? List.of() : recordingsOrNone(session);
        }
    }

    private List<Recording> recordingsOrNone(Session session) {
        try {
            return client.recordings(session.appType(), session.sessionId());
        } catch (ApiException.Missing again) {
            return List.of();
        }
    }

    private static <T> Fetched<T> fetch(Session session, Problem.Part part, Supplier<List<T>> request) {
        try {
            return new Fetched<>(request.get(), null);
        } catch (ApiException.Denied | ApiException.Down | ApiException.Unreachable e) {
            throw e;
        } catch (ApiException e) {
            Problem problem = new Problem(
                    session.sessionId(), session.transDate(), part, String.valueOf(e.getMessage()), e.attempts());
            return new Fetched<>(List.of(), problem);
        }
    }

    private record Fetched<T>(List<T> rows, @Nullable Problem problem) {}
}
