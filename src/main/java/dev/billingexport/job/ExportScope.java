package dev.billingexport.job;

import dev.billingexport.api.Credentials;
import dev.billingexport.api.SourceProperties;
import dev.billingexport.session.Scope;
import java.net.URI;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What this launch lists under; a run goes on only under the scope that it began with. */
@Configuration(proxyBeanMethods = false)
class ExportScope {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    @Bean
    Scope scope(ExportProperties properties, Credentials credentials) {
        SourceProperties source = properties.source();
        return new Scope(identity(source.baseUrl()), credentials.account(), source.appTypes(), source.wanted());
    }

    /** A port of this machine is a tunnel's or the sample's, and another one at the next launch: it identifies nothing. */
    private static URI identity(URI baseUrl) {
        return LOOPBACK.contains(baseUrl.getHost())
                ? URI.create(baseUrl.getScheme() + "://" + baseUrl.getHost() + baseUrl.getRawPath())
                : baseUrl;
    }
}
