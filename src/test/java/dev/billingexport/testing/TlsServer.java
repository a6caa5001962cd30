package dev.billingexport.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.core5.http.impl.bootstrap.HttpServer;
import org.apache.hc.core5.http.impl.bootstrap.ServerBootstrap;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.ssl.SSLContexts;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;

/** A server over TLS, with a certificate by a company's authority of its own, which Java doesn't know. */
public final class TlsServer implements AutoCloseable {

    private static final String PASSWORD = "changeit";

    private final Path folder;
    private final HttpServer server;
    private final SslBundle bundle;
    public final List<String> asked = new ArrayList<>();

    /**
     * @param host the name in the certificate
     * @param validity when it holds, as keytool takes it
     */
    public TlsServer(Path folder, String host, String... validity) throws Exception {
        this.folder = folder;
        keytool("-genkeypair", "-alias", "authority", "-keyalg", "EC", "-dname", "CN=Acme Root", "-ext", "bc:c");
        List<String> certificate = new ArrayList<>(List.of("-genkeypair", "-alias", "server", "-keyalg", "EC"));
        certificate.addAll(List.of("-dname", "CN=" + host, "-ext", "san=dns:" + host, "-signer", "authority"));
        certificate.addAll(List.of(validity));
        keytool(certificate.toArray(String[]::new));
        Path exported = folder.resolve("authority.pem");
        keytool("-exportcert", "-rfc", "-alias", "authority", "-file", exported.toString());
        bundle = SslBundle.of(
                new PemSslStoreBundle(null, PemSslStoreDetails.forCertificate(Files.readString(exported))));
        server = ServerBootstrap.bootstrap()
                .setLocalAddress(InetAddress.getLoopbackAddress())
                .setCanonicalHostName(host)
                .setSslContext(SSLContexts.custom()
                        .loadKeyMaterial(
                                store(), PASSWORD.toCharArray(), PASSWORD.toCharArray(), (aliases, socket) -> "server")
                        .build())
                .register("*", (request, response, context) -> {
                    asked.add(request.getRequestUri());
                    response.setEntity(new StringEntity("{\"result\":1,\"sessions\":[]}"));
                })
                .create();
        server.start();
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Trusts the company's authority. */
    public SslBundle bundle() {
        return bundle;
    }

    private Path store() {
        return folder.resolve("server.p12");
    }

    private void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.add("-J-XX:TieredStopAtLevel=1");
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD, "-keystore", store().toString()));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes());
        assertThat(keytool.waitFor()).as(said).isZero();
    }

    @Override
    public void close() {
        server.close(CloseMode.IMMEDIATE);
    }
}
