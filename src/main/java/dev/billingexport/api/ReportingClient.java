package dev.billingexport.api;

import dev.billingexport.session.AppType;
import dev.billingexport.session.CallDetail;
import dev.billingexport.session.Recording;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Queries the reporting API and returns plain records. Thread-safe: all callers share the login, the limits, a rate
 * that adapts to what the API accepts, and the detection of outages. A call blocks until it has an answer or its
 * attempts are spent, which can take minutes.
 *
 * <p>Every call throws {@link ApiException} where the API doesn't deliver what was requested, and {@link
 * java.util.concurrent.CancellationException} where the thread is interrupted; the interrupt flag stays set.
 */
public final class ReportingClient implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ReportingClient.class);

    private static final Duration FIRST_DELAY = Duration.ofSeconds(1);

    private final Transport transport;
    private final ReportingApi api;
    private final Requests requests;
    private final Retries retries;
    private final Authentication authentication;
    private final Waits waits;
    private final Redaction redaction = new Redaction();
    private final UnreadFields unreadFields = new UnreadFields(redaction);
    private final AnswerReader reader = new AnswerReader(redaction, unreadFields);
    private final int maxAttempts;
    private final Set<String> usualBlanks = ConcurrentHashMap.newKeySet();
    private final Map<AppType, DetailPages<CallDetail>> callDetailPages = new ConcurrentHashMap<>();
    private final Map<AppType, DetailPages<Recording>> recordingPages = new ConcurrentHashMap<>();

    /** Whether the API has ever answered with a listing, so that its address is known to be right. */
    private volatile boolean listed;

    /** Creates a client without making a request. The first call logs in where that is needed. */
    public ReportingClient(SourceProperties source, Network network, Credentials credentials, Clock clock) {
        this(source, network, credentials, clock, (SharedTurns) null);
    }

    /**
     * Creates a client that finds and keeps one rate of requests together with other processes.
     *
     * @param turns null where there are no others
     */
    public ReportingClient(
            SourceProperties source,
            Network network,
            Credentials credentials,
            Clock clock,
            @Nullable SharedTurns turns) {
        this(source, network, credentials, clock, turns, FIRST_DELAY, Transport.MAX_BODY_BYTES);
    }

    ReportingClient(
            SourceProperties source,
            Network network,
            Credentials credentials,
            Clock clock,
            Duration firstDelay,
            long maxBodyBytes) {
        this(source, network, credentials, clock, null, firstDelay, maxBodyBytes);
    }

    private ReportingClient(
            SourceProperties source,
            Network network,
            Credentials credentials,
            Clock clock,
            @Nullable SharedTurns turns,
            Duration firstDelay,
            long maxBodyBytes) {
        transport = new Transport(source, network, maxBodyBytes);
        Proxy proxy = network.proxy();
        if (proxy != null) {
            proxy.secrets().forEach(redaction::hide);
        }
        api = new ReportingApi(transport);
        maxAttempts = source.maxAttempts();
        Ticker ticker = Ticker.system();
        waits = new Waits(clock, ticker, source.readTimeout(), redaction);
        Double ceiling = source.maxPerSecond();
        requests = new Requests(
                new RequestLimiter(
                        source.maxInFlight(),
                        turns == null
                                ? new AdaptiveRateLimiter(ceiling)
                                : new SharedRateLimiter(turns, ceiling, ticker),
                        ticker,
                        waits),
                new Outage(source.maxInFlight(), firstDelay, source.maxAttempts(), ticker, waits),
                new AcceptedCredentials(),
                clock);
        retries = new Retries(source.maxAttempts(), firstDelay, redaction, waits);
        if (credentials instanceof Credentials.Login login) {
            authentication = new TokenAuthentication(new Login(login, api, requests, retries, redaction, clock), clock);
        } else {
            authentication = new BasicAuthentication((Credentials.Basic) credentials, redaction);
        }
    }

    /** Returns whether the API has accepted the credentials. */
    public boolean isAccepted() {
        return requests.accepted().any();
    }

    /** Returns one page of a listing. Only an empty page is the end of the listing. */
    public SessionPage sessions(SessionQuery query) {
        try {
            return page(query);
        } catch (ApiException.Missing e) {
            if (!isAddressRight(query)) {
                throw e;
            }
        }
        try {
            return page(query);
        } catch (ApiException.Missing again) {
            return SessionPage.EMPTY;
        }
    }

    /** Returns whether the address of the API is right. A 404 that isn't the API's own may mean that it is wrong. */
    private boolean isAddressRight(SessionQuery query) {
        if (query.page() > 1) {
            return !page(query.page(query.page() - 1)).isEmpty();
        }
        for (AppType appType : AppType.values()) {
            if (listed) {
                return true;
            }
            try {
                page(SessionQuery.anyOf(appType));
            } catch (ApiException noListing) {
                log.debug("{}", noListing.getMessage());
            }
        }
        return listed;
    }

    private SessionPage page(SessionQuery query) {
        Map<String, String> parameters = query.parameters();
        String appType = query.appType().code();
        return ask(Route.sessions(query), authorization -> api.sessions(authorization, appType, parameters), answer -> {
            SessionPage page = reader.sessions(answer, query.appType());
            listed = listed || answer != ResponseClassifier.NO_ROWS;
            return page;
        });
    }

    /**
     * Returns the call details of a session, in the API's order.
     *
     * @param sessionId exactly as listed
     */
    public List<CallDetail> callDetails(AppType appType, String sessionId) {
        Function<Route, List<CallDetail>> pages = route -> ask(
                route,
                authorization -> api.callDetails(authorization, appType.code(), sessionId, route.page()),
                answer -> reader.callDetails(answer, sessionId));
        return callDetailPages
                .computeIfAbsent(appType, each -> new DetailPages<>(DetailPages::identity))
                .all(Route.callDetails(sessionId), pages);
    }

    /**
     * Returns the recordings of a session, in the API's order.
     *
     * @param sessionId exactly as listed
     */
    public List<Recording> recordings(AppType appType, String sessionId) {
        Function<Route, List<Recording>> pages = route -> ask(
                route,
                authorization -> api.recordings(authorization, appType.code(), sessionId, route.page()),
                answer -> reader.recordings(answer, sessionId));
        return recordingPages
                .computeIfAbsent(appType, each -> new DetailPages<>(DetailPages::identity))
                .all(Route.recordings(sessionId), pages);
    }

    /** Returns why no answers arrive at present; empty while answers arrive or no request is made. Never blocks. */
    public Optional<Waiting> waiting() {
        return waits.current();
    }

    /** Returns the fields that answers contained and this client doesn't read. */
    public UnreadFields unreadFields() {
        return unreadFields;
    }

    /** Closes all connections. Calls that are under way fail. */
    @Override
    public void close() {
        transport.close();
    }

    /** Makes one request. */
    private interface Request {
        Answer with(String authorization) throws IOException;
    }

    private <T> T ask(Route route, Request request, Function<JsonNode, T> reader) {
        BlankAnswers blanks = new BlankAnswers(route, maxAttempts, usualBlanks);
        return retries.run(route, count -> {
            try {
                return reader.apply(answer(route, request, count));
            } catch (Failure failure) {
                if (blanks.meanNothing(failure)) {
                    return reader.apply(ResponseClassifier.NO_ROWS);
                }
                throw failure;
            }
        });
    }

    private JsonNode answer(Route route, Request request, AtomicInteger count) {
        route.requireAskable();
        String authorization = authentication.authorization();
        try {
            count.incrementAndGet();
            return requests.ask(route, authorization, () -> request.with(authorization));
        } catch (Failure failure) {
            if (failure.kind() != Failure.Kind.DENIED || !authentication.renew(authorization)) {
                throw failure;
            }
        }
        String renewed = authentication.authorization();
        count.incrementAndGet();
        return requests.ask(route, renewed, () -> request.with(renewed));
    }
}
