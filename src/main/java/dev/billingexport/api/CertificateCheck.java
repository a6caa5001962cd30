package dev.billingexport.api;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslOptions;

/**
 * Checks certificates as Java does, host names included. Throws {@link UntrustedCertificateException}, whose message
 * describes the certificate, in place of Java's own exception. Thread-safe.
 */
final class CertificateCheck extends X509ExtendedTrustManager {

    private final X509ExtendedTrustManager java;

    private CertificateCheck(X509ExtendedTrustManager java) {
        this.java = java;
    }

    /**
     * Returns TLS that trusts the bundle's authorities in place of Java's and uses its protocols, ciphers and client
     * key; Java's own settings where the bundle is null.
     */
    static TlsSocketStrategy tls(@Nullable SslBundle bundle) {
        try {
            SSLContext context = SSLContext.getInstance(bundle == null ? "TLS" : bundle.getProtocol());
            KeyManager[] keys = bundle == null ? null : bundle.getManagers().getKeyManagers();
            TrustManagerFactory trust =
                    bundle == null ? trustOfJava() : bundle.getManagers().getTrustManagerFactory();
            context.init(keys, new TrustManager[] {of(trust)}, null);
            SslOptions options = bundle == null ? SslOptions.NONE : bundle.getOptions();
            return ClientTlsStrategyBuilder.create()
                    .setSslContext(context)
                    .setTlsVersions(options.getEnabledProtocols())
                    .setCiphers(options.getCiphers())
                    .setHostVerificationPolicy(HostnameVerificationPolicy.BUILTIN)
                    .buildClassic();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("TLS can't be set up: " + e.getMessage(), e);
        }
    }

    private static TrustManagerFactory trustOfJava() throws GeneralSecurityException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init((KeyStore) null);
        return trust;
    }

    private static CertificateCheck of(TrustManagerFactory trust) {
        return Arrays.stream(trust.getTrustManagers())
                .filter(X509ExtendedTrustManager.class::isInstance)
                .map(X509ExtendedTrustManager.class::cast)
                .map(CertificateCheck::new)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        check(chain, () -> java.checkServerTrusted(chain, authType, socket));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(chain, () -> java.checkServerTrusted(chain, authType, engine));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        check(chain, () -> java.checkServerTrusted(chain, authType));
    }

    private static void check(X509Certificate[] chain, Check check) throws CertificateException {
        try {
            check.run();
        } catch (CertificateException e) {
            throw new UntrustedCertificateException(chain[0], e);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        java.checkClientTrusted(chain, authType, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        java.checkClientTrusted(chain, authType, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        java.checkClientTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return java.getAcceptedIssuers();
    }

    /** One of the checks that Java's trust manager offers. */
    private interface Check {
        void run() throws CertificateException;
    }
}
