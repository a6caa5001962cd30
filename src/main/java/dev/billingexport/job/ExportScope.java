package dev.billingexport.job;

import dev.billingexport.api.Credentials;
import dev.billingexport.api.SourceProperties;
import dev.billingexport.session.Scope;
import java.net.URI;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The scope of this launch. A run can only be continued with the scope that it began with. */
@Configuration(proxyBeanMethods = false)
class ExportScope {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    @Bean
    Scope scope(ExportProperties properties, Credentials credentials) {
        SourceProperties source = properties.source();
        return new Scope(identity(source.baseUrl()), credentials.account(), source.appTypes(), source.wanted());
    }

    /**
     * Leaves out the port of an API on this machine: it belongs to a tunnel or the sample and may differ at each
     * launch.
     */
    private static URI identity(URI baseUrl) {
        return LOOPBACK.contains(baseUrl.getHost())
                ? URI.create(baseUrl.getScheme() + "://" + baseUrl.getHost() + baseUrl.getRawPath())
                : baseUrl;
    }
}
