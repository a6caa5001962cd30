package dev.billingexport.api;

import dev.billingexport.session.AppType;
import dev.billingexport.session.CallDetail;
import dev.billingexport.session.Recording;
import dev.billingexport.session.Session;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * Asks the reporting API and gives back plain records. Thread-safe: every caller shares the login, the limits, a pace
 * that follows what the API accepts, and what is known of an outage. A call blocks until it has its answer or its tries
 * are spent, which can take minutes.
 *
 * <p>Every call throws {@link ApiException} where the API doesn't give what was asked, and
 * {@link java.util.concurrent.CancellationException} where the thread is interrupted, whose flag stays set.
 */
public final class ReportingClient implements AutoCloseable {

    private static final Duration FIRST_DELAY = Duration.ofSeconds(1);

    private final Transport transport;
    private final ReportingApi api;
    private final Requests requests;
    private final Retries retries;
    private final Authentication authentication;
    private final Redaction redaction = new Redaction();

    /** A client that has asked nothing yet: the first call logs in where that is needed. */
    public ReportingClient(SourceProperties source, Network network, Credentials credentials, Clock clock) {
        this(source, network, credentials, clock, FIRST_DELAY, Transport.MAX_BODY_BYTES);
    }

    ReportingClient(
            SourceProperties source,
            Network network,
            Credentials credentials,
            Clock clock,
            Duration firstDelay,
            long maxBodyBytes) {
        transport = new Transport(source, network, maxBodyBytes);
        Proxy proxy = network.proxy();
        if (proxy != null) {
            proxy.secrets().forEach(redaction::hide);
        }
        api = new ReportingApi(transport);
        Ticker ticker = Ticker.system();
        requests = new Requests(
                new Limits(source.maxInFlight(), new Pace(source.maxPerSecond()), ticker),
                new Outage(source.maxInFlight(), firstDelay, source.maxAttempts(), ticker),
                new AcceptedCredentials(),
                clock);
        retries = new Retries(source.maxAttempts(), firstDelay, redaction);
        if (credentials instanceof Credentials.Login login) {
            authentication = new TokenAuthentication(new Login(login, api, requests, retries, redaction, clock), clock);
        } else {
            authentication = new BasicAuthentication((Credentials.Basic) credentials, redaction);
        }
    }

    /** One page of a listing; only an empty page is the end of it. */
    public SessionPage sessions(SessionQuery query) {
        try {
            return page(query);
        } catch (ApiException.Missing e) {
            // Whoever answers 404 in words that aren't the API's may not know the way to it.
            if (query.page() == 1 || page(query.page(query.page() - 1)).isEmpty()) {
                throw e;
            }
        }
        try {
            return page(query);
        } catch (ApiException.Missing again) {
            return SessionPage.EMPTY;
        }
    }

    private SessionPage page(SessionQuery query) {
        Map<String, String> parameters = query.parameters();
        String appType = query.appType().code();
        return ask(
                Route.SESSIONS,
                authorization -> api.sessions(authorization, appType, parameters),
                answer -> page(Row.of(answer, "sessions"), query.appType()));
    }

    /**
     * The call details of a session, in the order that the API chose; equal ones are separate connections.
     *
     * @param sessionId exactly as listed
     */
    public List<CallDetail> callDetails(AppType appType, String sessionId) {
        return ask(
                Route.callDetails(sessionId),
                authorization -> api.callDetails(authorization, appType.code(), sessionId),
                answer -> details(answer, sessionId, "cdr", ReportingClient::callDetail));
    }

    /**
     * The recordings of a session, in the order that the API chose.
     *
     * @param sessionId exactly as listed
     */
    public List<Recording> recordings(AppType appType, String sessionId) {
        return ask(
                Route.recordings(sessionId),
                authorization -> api.recordings(authorization, appType.code(), sessionId),
                answer -> details(answer, sessionId, "recordings", ReportingClient::recording));
    }

    /** Drops all connections; calls that are under way fail. */
    @Override
    public void close() {
        transport.close();
    }

    /** Asks something, by one request. */
    private interface Request {
        Answer with(String authorization) throws IOException;
    }

    private <T> T ask(Route route, Request request, Function<JsonNode, T> reader) {
        return retries.run(route, count -> {
            route.requireAskable();
            String authorization = authentication.authorization();
            try {
                count.incrementAndGet();
                return reader.apply(requests.ask(route, authorization, () -> request.with(authorization)));
            } catch (Failure failure) {
                if (failure.kind() != Failure.Kind.DENIED || !authentication.renew(authorization)) {
                    throw failure;
                }
            }
            String renewed = authentication.authorization();
            count.incrementAndGet();
            return reader.apply(requests.ask(route, renewed, () -> request.with(renewed)));
        });
    }

    private SessionPage page(List<Row> rows, AppType asked) {
        List<Session> sessions = new ArrayList<>();
        List<SessionPage.Flawed> flawed = new ArrayList<>();
        for (Row row : rows) {
            try {
                sessions.add(session(row, asked));
            } catch (Failure failure) {
                String flaw = redaction.clean(Route.SESSIONS + ": " + failure.getMessage());
                flawed.add(new SessionPage.Flawed(row.nameOfSession(), row.readableInstant("trans_date"), flaw));
            }
        }
        return new SessionPage(sessions, flawed);
    }

    /** A cache that mixes answers up would bill one customer for another: where an answer names its session, it counts. */
    private static <T> List<T> details(JsonNode answer, String sessionId, String list, Function<Row, T> reader) {
        String answered = new Row(answer.path("session"), "session").text("session_id");
        if (answered != null && !answered.equals(sessionId)) {
            throw Failure.malformed("it is that of session " + answered);
        }
        return Row.of(answer, list).stream().map(reader).toList();
    }

    private static Session session(Row row, AppType asked) {
        return new Session(
                row.sessionId(),
                row.text("meeting_id"),
                row.text("room_id"),
                row.text("user_id"),
                row.text("user_name"),
                row.instant("trans_date"),
                row.instant("connect_dt"),
                row.instant("disconnect_dt"),
                row.decimal("duration"),
                AppType.ofCode(Objects.requireNonNullElse(row.text("app_type"), ""))
                        .orElse(asked));
    }

    private static CallDetail callDetail(Row row) {
        return new CallDetail(
                row.text("call_num"),
                row.text("call_log_id", "log_id"),
                row.instant("connect_dt"),
                row.instant("disconnect_dt"),
                row.decimal("duration"),
                row.text("user_ref"),
                row.text("name"),
                row.text("role"),
                row.text("ip"),
                row.text("agent"));
    }

    private static Recording recording(Row row) {
        return new Recording(
                row.text("file"),
                row.decimal("play_time"),
                row.decimal("stage"),
                row.instant("start_time"),
                row.instant("end_time"),
                row.decimal("file_size"));
    }
}
