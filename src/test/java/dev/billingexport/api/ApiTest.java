package dev.billingexport.api;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.billingexport.session.AppType;
import dev.billingexport.testing.ScriptedApi;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

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

    /** One that has had an answer: what fails then is a request, not the API. */
    ReportingClient client() {
        return answered(client(BASIC, 3, 4, null));
    }

    static ReportingClient answered(ReportingClient client) {
        client.callDetails(AppType.VC, ScriptedApi.WARM_UP);
        return client;
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
        Map<String, Object> properties = new HashMap<>(Map.of(
                "base-url", url, "max-attempts", maxAttempts, "max-in-flight", maxInFlight, "read-timeout", "2s"));
        if (maxPerSecond != null) {
            properties.put("max-per-second", maxPerSecond);
        }
        SourceProperties source = source(properties);
        return client(source, Network.direct(), credentials, clock, firstDelay, maxBodyBytes);
    }

    ReportingClient client(SourceProperties source, Network network) {
        return client(source, network, BASIC, Clock.fixed(NOW, ZoneOffset.UTC), Duration.ofMillis(5), MAX_BODY_BYTES);
    }

    private ReportingClient client(
            SourceProperties source,
            Network network,
            Credentials credentials,
            Clock clock,
            Duration firstDelay,
            long maxBodyBytes) {
        ReportingClient client = new ReportingClient(source, network, credentials, clock, firstDelay, maxBodyBytes);
        clients.add(client);
        return client;
    }

    static Waits waits(Ticker ticker) {
        return new Waits(Clock.fixed(NOW, ZoneOffset.UTC), ticker, Duration.ofSeconds(30), new Redaction());
    }

    /** The defaults, but for these properties below {@code export.source}. */
    static SourceProperties source(Map<String, ?> properties) {
        return new Binder(new MapConfigurationPropertySource(properties.entrySet().stream()
                        .collect(Collectors.toMap(property -> "source." + property.getKey(), Map.Entry::getValue))))
                .bind("source", SourceProperties.class)
                .get();
    }

    static ApiException failureOf(ThrowingCallable call) {
        return catchThrowableOfType(ApiException.class, call);
    }
}
