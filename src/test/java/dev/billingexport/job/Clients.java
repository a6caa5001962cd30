package dev.billingexport.job;

import dev.billingexport.api.Credentials;
import dev.billingexport.api.Network;
import dev.billingexport.api.ReportingClient;
import dev.billingexport.api.SourceProperties;
import dev.billingexport.sample.SampleAccount;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Real clients for a server of the test's own. */
final class Clients {

    private Clients() {}

    static ReportingClient of(URI baseUrl, int maxAttempts) {
        return of(baseUrl, maxAttempts, Credentials.from(SampleAccount.basicCredentials()));
    }

    static ReportingClient of(URI baseUrl, int maxAttempts, Credentials credentials) {
        SourceProperties source = new Binder(new MapConfigurationPropertySource(
                        Map.of("source.base-url", baseUrl, "source.max-attempts", maxAttempts)))
                .bind("source", SourceProperties.class)
                .get();
        return new ReportingClient(source, Network.direct(), credentials, Clock.systemUTC());
    }
}
