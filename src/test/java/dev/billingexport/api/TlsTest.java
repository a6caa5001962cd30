package dev.billingexport.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import org.apache.hc.core5.http.impl.bootstrap.HttpServer;
import org.apache.hc.core5.http.impl.bootstrap.ServerBootstrap;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.ssl.SSLContexts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is asked over TLS must be who it says it is: the key is told to nobody else. */
class TlsTest extends ApiTest {

    private static final String PASSWORD = "changeit";
    private static final String TRUSTED = "javax.net.ssl.trustStore";
    private static final String TRUSTED_PASSWORD = "javax.net.ssl.trustStorePassword";

    @TempDir
    private static Path folder;

    private static HttpServer server;
    private static Path certificate;

    @BeforeAll
    static void start() throws Exception {
        certificate = certificate("server", "dns:localhost");
        server = ServerBootstrap.bootstrap()
                .setLocalAddress(InetAddress.getLoopbackAddress())
                .setSslContext(SSLContexts.custom()
                        .loadKeyMaterial(certificate, PASSWORD.toCharArray(), PASSWORD.toCharArray())
                        .build())
                .register("*", (request, response, context) -> response.setEntity(new StringEntity(EMPTY_PAGE)))
                .create();
        server.start();
    }

    @AfterAll
    static void stopServer() {
        System.clearProperty(TRUSTED);
        System.clearProperty(TRUSTED_PASSWORD);
        server.close(CloseMode.IMMEDIATE);
    }

    @Test
    void aServerWithATrustedCertificateIsAsked() {
        assertThat(client("localhost", certificate).sessions(QUERY).sessions()).isEmpty();
    }

    @Test
    void anotherNameThanThatOfTheCertificateIsRefused() {
        assertThatThrownBy(() -> client("127.0.0.1", certificate).sessions(QUERY))
                .isInstanceOf(ApiException.Unavailable.class)
                .hasMessageContaining("127.0.0.1");
    }

    @Test
    void aCertificateThatNobodyVouchesForIsRefused() throws Exception {
        Path another = certificate("another", "dns:localhost");

        assertThatThrownBy(() -> client("localhost", another).sessions(QUERY))
                .isInstanceOf(ApiException.Unavailable.class)
                .hasMessageContaining("SSLHandshakeException");
    }

    private ReportingClient client(String host, Path trusted) {
        System.setProperty(TRUSTED, trusted.toString());
        System.setProperty(TRUSTED_PASSWORD, PASSWORD);
        return clientOf(URI.create("https://" + host + ":" + server.getLocalPort() + "/ucaas/v1"), BASIC, 1, 1);
    }

    private static Path certificate(String name, String alternative) throws IOException, InterruptedException {
        Path store = folder.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=" + alternative,
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes());
        assertThat(keytool.waitFor()).as(said).isZero();
        return store;
    }
}
