package dev.billingexport.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billingexport.testing.ConnectProxy;
import dev.billingexport.testing.TlsServer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;

/** A company's proxy stands between this machine and the API: it is asked for a tunnel, and its password stays a secret. */
class ProxyTest extends ApiTest {

    private static final String API = "https://api.example.test/ucaas/v1";

    @TempDir
    private static Path folder;

    private static TlsServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new TlsServer(folder, "api.example.test");
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Test
    void theProxyOfTheSettingsIsAskedForATunnel() throws Exception {
        try (ConnectProxy proxy = new ConnectProxy(server.port(), null)) {
            Map<String, String> settings = Map.of("proxy", "http://127.0.0.1:" + proxy.port());

            assertThat(client(settings, Map.of("HTTPS_PROXY", "http://192.0.2.1:1"))
                            .sessions(QUERY)
                            .sessions())
                    .isEmpty();

            assertThat(proxy.requests).singleElement().asString().startsWith("CONNECT api.example.test:443 ");
        }
    }

    @Test
    void theProxyOfTheEnvironmentGetsItsUserAndPassword() throws Exception {
        try (ConnectProxy proxy = new ConnectProxy(server.port(), "Basic c3ZjOnAlczprZXk=")) {
            Map<String, String> environment = Map.of("https_proxy", "http://svc:p%25s%3Akey@127.0.0.1:" + proxy.port());

            assertThat(client(Map.of(), environment).sessions(QUERY).sessions()).isEmpty();

            assertThat(proxy.requests).last().asString().contains("Proxy-Authorization: Basic c3ZjOnAlczprZXk=");
        }
    }

    @Test
    void aRefusedPasswordEndsTheRunAtOnceAndIsNotShown() throws Exception {
        try (ConnectProxy proxy = new ConnectProxy(server.port(), "Basic of-somebody-else")) {
            Map<String, String> environment = Map.of("HTTPS_PROXY", "http://svc:s3cret-word@127.0.0.1:" + proxy.port());

            ApiException failure = failureOf(() -> client(Map.of(), environment).sessions(QUERY));

            assertThat(failure)
                    .isInstanceOf(ApiException.Unreachable.class)
                    .hasMessageContaining("HTTP 407")
                    .hasMessageContaining("HTTPS_PROXY")
                    .hasStackTraceContaining("407")
                    .hasMessageNotContaining("s3cret-word");
            assertThat(failure.attempts()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "api.example.test, true",
        "example.test, true",
        ".example.test, true",
        "*.example.test, true",
        "*, true",
        "'other.test, api.example.test', true",
        "other.test api.example.test, true",
        "API.EXAMPLE.TEST, true",
        "api.example.test:443, true",
        "api.example.test:8443, false",
        "ample.test, false",
        "other.test, false",
        "10.0.0.0/8, false",
        "'', false"
    })
    void whatNoProxyNamesIsAskedDirectly(String exceptions, boolean direct) {
        Map<String, String> environment = Map.of("HTTPS_PROXY", "proxy.corp:3128", "NO_PROXY", exceptions);

        assertThat(Proxy.to(source(Map.of("base-url", API)), environment::get) == null)
                .isEqualTo(direct);
    }

    @ParameterizedTest
    @CsvSource({
        "https://10.1.2.3/v1, 10.0.0.0/8, true",
        "https://10.1.2.3/v1, 10.1.2.3, true",
        "https://10.1.2.3:8443/v1, 10.1.2.3:443, false",
        "https://11.1.2.3/v1, 10.0.0.0/8, false",
        "https://[2001:db8::1]/v1, 2001:db8::/32, true",
        "https://[2001:db8::1]/v1, '[2001:db8::1]:443', true",
        "https://[2001:db8::1]/v1, 2001:db8:0::1, true"
    })
    void addressesAndNetworksAreExceptionsToo(String api, String exceptions, boolean direct) {
        Map<String, String> environment = Map.of("HTTPS_PROXY", "proxy.corp:3128", "no_proxy", exceptions);

        assertThat(Proxy.to(source(Map.of("base-url", api)), environment::get) == null)
                .isEqualTo(direct);
    }

    @Test
    void javasOwnPropertiesCountWhereTheEnvironmentSaysNothing() {
        System.setProperty("https.proxyHost", "proxy.corp");
        System.setProperty("https.proxyPort", "3128");
        try {
            assertThat(Proxy.to(source(Map.of("base-url", API)), name -> null)).hasToString("proxy.corp:3128");
            assertThat(Proxy.to(source(Map.of("base-url", "https://localhost:8443")), name -> null))
                    .isNull();
        } finally {
            System.clearProperty("https.proxyHost");
            System.clearProperty("https.proxyPort");
        }
    }

    @Test
    void aServerOfThisMachineWithoutTlsIsAskedDirectly() {
        Map<String, String> environment = Map.of("HTTPS_PROXY", "http://proxy.corp:3128");

        SourceProperties source = source(Map.of("base-url", "http://127.0.0.1:8080", "proxy", "http://proxy:3128"));
        assertThat(Proxy.to(source, environment::get)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "socks5://proxy:1080",
                "https://proxy:443",
                "http://",
                "http://u:pa ss@proxy",
                "http://proxy:99999"
            })
    void whatIsNoHttpProxyIsRefusedWithoutBeingQuoted(String proxy) {
        assertThatThrownBy(() -> Proxy.to(source(Map.of("base-url", API)), Map.of("HTTPS_PROXY", proxy)::get))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("HTTPS_PROXY must be the address of an HTTP proxy")
                .hasMessageNotContaining("pa ss");
    }

    @Test
    void thePasswordOfAProxyStandsInNoJobFile() {
        assertThatThrownBy(() -> source(Map.of("proxy", "http://svc:s3cret-word@proxy:3128")))
                .rootCause()
                .hasMessageContaining("export.source.proxy must not hold a user or a password")
                .hasMessageNotContaining("s3cret-word");
    }

    private ReportingClient client(Map<String, String> settings, Map<String, String> environment) {
        DefaultSslBundleRegistry bundles = new DefaultSslBundleRegistry("company", server.bundle());
        Map<String, String> properties = new HashMap<>(settings);
        properties.putAll(Map.of("base-url", API, "ssl-bundle", "company"));
        SourceProperties source = source(properties);
        return client(source, Network.of(source, environment::get, bundles));
    }
}
