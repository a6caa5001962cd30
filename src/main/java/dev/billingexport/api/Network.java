package dev.billingexport.api;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/** How this machine reaches the API: the proxy and the trusted certificates. {@code toString} shows no secret. */
public final class Network {

    private final @Nullable Proxy proxy;
    private final @Nullable SslBundle bundle;

    private Network(@Nullable Proxy proxy, @Nullable SslBundle bundle) {
        this.proxy = proxy;
        this.bundle = bundle;
    }

    /**
     * Reads the settings and the environment.
     *
     * @param environment returns the value of {@code HTTPS_PROXY} and {@code NO_PROXY}, or null where it isn't set
     * @param bundles Spring Boot's SSL bundles, one of which {@code export.source.ssl-bundle} may name
     * @throws IllegalArgumentException if a setting can't be used; the message is one line that names it and holds no
     *     secret
     */
    public static Network of(
            SourceProperties source, Function<String, @Nullable String> environment, SslBundles bundles) {
        String name = source.sslBundle();
        try {
            return new Network(Proxy.to(source, environment), name == null ? null : bundles.getBundle(name));
        } catch (NoSuchSslBundleException e) {
            throw new IllegalArgumentException("export.source.ssl-bundle = " + name
                    + ": there is no such bundle. Set spring.ssl.bundle.pem." + name
                    + ".truststore.certificate to the file with the authority's certificate.");
        }
    }

    /** No proxy, and the certificate authorities that Java trusts. */
    public static Network direct() {
        return new Network(null, null);
    }

    @Nullable
    Proxy proxy() {
        return proxy;
    }

    @Nullable
    SslBundle bundle() {
        return bundle;
    }
}
