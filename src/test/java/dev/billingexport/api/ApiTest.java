package dev.billingexport.api;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.billingexport.session.AppType;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;

/** A client and the server that it talks to, over real sockets. */
abstract class ApiTest {

    static final Instant NOW = Instant.parse("2026-11-02T03:00:00Z");
    static final Credentials.Basic BASIC = new Credentials.Basic("app-id-1", "app-key-s3cret");
    static final Credentials.Login LOGIN = new Credentials.Login("api-id-1", "ops@example.com", "pass-s3cret");
    static final String EMPTY_PAGE = "{\"result\":1,\"sessions\":[]}";
    static final String NO_CDR = "{\"result\":1,\"cdr\":[]}";
    static final SessionQuery QUERY = new SessionQuery(
            AppType.VC, Instant.parse("2026-10-01T00:00:00Z"), Instant.parse("2026-10-02T00:00:00Z"), null, 1, 100);

    private static final long MAX_BODY_BYTES = 1 << 20;

    final ScriptedApi api = new ScriptedApi();
    private final List<ReportingClient> clients = new ArrayList<>();

    @AfterEach
    void stop() {
        clients.forEach(ReportingClient::close);
        api.close();
    }

    ReportingClient client() {
        return client(BASIC, 3, 4, null);
    }

    ReportingClient client(Credentials credentials, int maxAttempts, int maxInFlight, Double maxPerSecond) {
        return client(credentials, maxAttempts, maxInFlight, maxPerSecond, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    ReportingClient client(
            Credentials credentials, int maxAttempts, int maxInFlight, Double maxPerSecond, Clock clock) {
        return client(
                credentials,
                maxAttempts,
                maxInFlight,
                maxPerSecond,
                clock,
                Duration.ofMillis(5),
                MAX_BODY_BYTES,
                api.url());
    }

    ReportingClient client(
            Credentials credentials, int maxAttempts, int maxInFlight, Double maxPerSecond, Duration firstDelay) {
        return client(
                credentials,
                maxAttempts,
                maxInFlight,
                maxPerSecond,
                Clock.fixed(NOW, ZoneOffset.UTC),
                firstDelay,
                MAX_BODY_BYTES,
                api.url());
    }

    ReportingClient client(
            Credentials credentials, int maxAttempts, int maxInFlight, Double maxPerSecond, long maxBodyBytes) {
        return client(
                credentials,
                maxAttempts,
                maxInFlight,
                maxPerSecond,
                Clock.fixed(NOW, ZoneOffset.UTC),
                Duration.ofMillis(5),
                maxBodyBytes,
                api.url());
    }

    ReportingClient clientOf(URI url, Credentials credentials, int maxAttempts, int maxInFlight) {
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        return client(credentials, maxAttempts, maxInFlight, null, clock, Duration.ofMillis(5), MAX_BODY_BYTES, url);
    }

    private ReportingClient client(
            Credentials credentials,
            int maxAttempts,
            int maxInFlight,
            Double maxPerSecond,
            Clock clock,
            Duration firstDelay,
            long maxBodyBytes,
            URI url) {
        SourceProperties source = new SourceProperties(
                url,
                List.of(AppType.VC),
                null,
                100,
                Duration.ofDays(1),
                maxInFlight,
                maxPerSecond,
                Duration.ofSeconds(5),
                Duration.ofMillis(400),
                maxAttempts,
                Duration.ofHours(24));
        ReportingClient client = new ReportingClient(source, credentials, clock, firstDelay, maxBodyBytes);
        clients.add(client);
        return client;
    }

    static ApiException failureOf(ThrowingCallable call) {
        return catchThrowableOfType(ApiException.class, call);
    }
}
