package dev.billingexport.testing;

import dev.billingexport.api.Credentials;
import dev.billingexport.api.Network;
import dev.billingexport.api.ReportingClient;
import dev.billingexport.api.SourceProperties;
import dev.billingexport.sample.SampleAccount;
import java.net.URI;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Real clients for a server of the test's own. */
public final class Clients {

    private Clients() {}

    /** @param settings without their prefix */
    public static SourceProperties source(Map<String, ?> settings) {
        Map<String, Object> properties = new HashMap<>();
        settings.forEach((name, value) -> properties.put("source." + name, value));
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("source", SourceProperties.class);
    }

    public static ReportingClient of(URI baseUrl, int maxAttempts) {
        return of(baseUrl, maxAttempts, Credentials.from(SampleAccount.basicCredentials()));
    }

    public static ReportingClient of(URI baseUrl, int maxAttempts, Credentials credentials) {
        SourceProperties source = source(Map.of("base-url", baseUrl, "max-attempts", maxAttempts));
        return new ReportingClient(source, Network.direct(), credentials, Clock.systemUTC());
    }
}
