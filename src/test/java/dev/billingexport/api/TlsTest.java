package dev.billingexport.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billingexport.testing.TlsServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;

/** Who is asked over TLS must be who it says it is: the key is told to nobody else, and nobody waits for it to change. */
class TlsTest extends ApiTest {

    @TempDir
    private static Path folder;

    @TempDir
    private static Path folderOfTheExpired;

    private static TlsServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new TlsServer(folder, "localhost");
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void forget() {
        server.asked.clear();
    }

    @Test
    void aCompanysAuthorityIsTrustedWhereItsBundleIsNamed() throws Exception {
        assertThat(client(server, "localhost", server.bundle()).sessions(QUERY).sessions())
                .isEmpty();
    }

    @Test
    void anUnknownAuthorityIsNamedAtOnce() throws Exception {
        ApiException failure = failureOf(() -> client(server, "localhost", null).sessions(QUERY));

        assertThat(failure)
                .isInstanceOf(ApiException.Unreachable.class)
                .hasMessageContaining("CN=localhost, issued by CN=Acme Root, valid from")
                .hasMessageContaining("name its certificate with export.source.ssl-bundle.");
        assertThat(failure.attempts()).isEqualTo(1);
        assertThat(server.asked).isEmpty();
    }

    @Test
    void anotherHostThanThatOfTheCertificateIsNamedAtOnce() throws Exception {
        ApiException failure =
                failureOf(() -> client(server, "127.0.0.1", server.bundle()).sessions(QUERY));

        assertThat(failure)
                .isInstanceOf(ApiException.Unreachable.class)
                .hasMessageContaining("CN=localhost")
                .hasMessageContaining("its certificate is for another host: CN=localhost")
                .hasMessageContaining("127.0.0.1")
                .hasMessageNotContaining("..")
                .hasMessageContaining("export.source.base-url");
        assertThat(failure.attempts()).isEqualTo(1);
    }

    @Test
    void anExpiredCertificateIsNamedAtOnce() throws Exception {
        try (TlsServer server =
                new TlsServer(folderOfTheExpired, "localhost", "-startdate", "-20d", "-validity", "10")) {
            ApiException failure =
                    failureOf(() -> client(server, "localhost", server.bundle()).sessions(QUERY));

            assertThat(failure)
                    .isInstanceOf(ApiException.Unreachable.class)
                    .hasMessageContaining("It is not valid now");
            assertThat(failure.attempts()).isEqualTo(1);
        }
    }

    @Test
    void aBundleThatIsNotThereIsToldBeforeAnythingIsAsked() {
        SourceProperties source = source(Map.of("ssl-bundle", "company"));

        assertThatThrownBy(() -> Network.of(source, name -> null, new DefaultSslBundleRegistry()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("export.source.ssl-bundle = company")
                .hasMessageContaining("spring.ssl.bundle.pem.company.truststore.certificate");
    }

    private ReportingClient client(TlsServer server, String host, SslBundle bundle) {
        URI url = URI.create("https://" + host + ":" + server.port() + "/ucaas/v1");
        DefaultSslBundleRegistry bundles = new DefaultSslBundleRegistry();
        if (bundle == null) {
            return client(source(Map.of("base-url", url)), Network.direct());
        }
        bundles.registerBundle("company", bundle);
        SourceProperties source = source(Map.of("base-url", url, "ssl-bundle", "company"));
        return client(source, Network.of(source, name -> null, bundles));
    }
}
