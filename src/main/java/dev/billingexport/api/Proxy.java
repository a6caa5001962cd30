package dev.billingexport.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.apache.hc.core5.net.PercentCodec;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP proxy between this machine and the API. {@code toString} shows its address only.
 *
 * @param host a name, or an address without brackets
 * @param user null where the proxy needs none
 * @param password null where the proxy needs none
 */
record Proxy(
        String host,
        int port,
        @Nullable String user,
        @Nullable String password) {

    private static final int HTTP_PORT = 80;

    /**
     * Finds the proxy for the API: {@code export.source.proxy}, else {@code HTTPS_PROXY} unless {@code NO_PROXY} names
     * the host, else Java's own setting ({@code https.proxyHost} and related ones). Returns null where there is none;
     * an API without TLS has none, because it runs on this machine.
     *
     * @param environment returns a variable's value, or null where it isn't set
     * @throws IllegalArgumentException if a setting can't be used; the message is one line that names it, never its
     *     value
     */
    static @Nullable Proxy to(SourceProperties source, Function<String, @Nullable String> environment) {
        URI api = source.baseUrl();
        if (!api.getScheme().equalsIgnoreCase("https")) {
            return null;
        }
        if (source.proxy() != null) {
            return parse("export.source.proxy", source.proxy().toString());
        }
        String proxy = value("HTTPS_PROXY", environment);
        if (proxy == null) {
            return ofJava(api);
        }
        String exceptions = value("NO_PROXY", environment);
        return exceptions != null && ProxyExceptions.cover(exceptions, api) ? null : parse("HTTPS_PROXY", proxy);
    }

    /**
     * Reads {@code http://user:password@host:port}, of which only the host is required.
     *
     * @throws IllegalArgumentException if the text has another form
     */
    static Proxy parse(String name, String text) {
        URI address;
        try {
            address = new URI(text.contains("://") ? text : "http://" + text);
        } catch (URISyntaxException e) {
            throw unusable(name);
        }
        String host = address.getHost();
        if (host == null || address.getPort() > 65_535 || !address.getScheme().equalsIgnoreCase("http")) {
            throw unusable(name);
        }
        String[] login = address.getRawUserInfo() == null
                ? new String[0]
                : address.getRawUserInfo().split(":", 2);
        return new Proxy(
                host.replaceAll("[\\[\\]]", ""),
                address.getPort() == -1 ? HTTP_PORT : address.getPort(),
                login.length > 0 ? PercentCodec.decode(login[0], UTF_8) : null,
                login.length > 1 ? PercentCodec.decode(login[1], UTF_8) : null);
    }

    private static IllegalArgumentException unusable(String name) {
        return new IllegalArgumentException(
                name + " must be the address of an HTTP proxy, such as http://proxy.example.com:3128"
                        + " (other kinds of proxies are not supported; special characters of a password are"
                        + " percent-encoded).");
    }

    private static @Nullable String value(String name, Function<String, @Nullable String> environment) {
        String value = environment.apply(name);
        if (value == null || value.isBlank()) {
            value = environment.apply(name.toLowerCase(Locale.ROOT));
        }
        return value == null || value.isBlank() ? null : value.strip();
    }

    private static @Nullable Proxy ofJava(URI api) {
        ProxySelector selector = ProxySelector.getDefault();
        if (selector == null) {
            return null;
        }
        return selector.select(api).stream()
                .filter(proxy -> proxy.type() == java.net.Proxy.Type.HTTP)
                .map(proxy -> (InetSocketAddress) proxy.address())
                .map(address -> new Proxy(
                        address.getHostString(),
                        address.getPort(),
                        System.getProperty("https.proxyUser"),
                        System.getProperty("https.proxyPassword")))
                .findFirst()
                .orElse(null);
    }

    /** Returns the texts that no message may show. */
    List<String> secrets() {
        return password == null
                ? List.of()
                : List.of(password, Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8)));
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
