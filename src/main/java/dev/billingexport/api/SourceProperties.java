package dev.billingexport.api;

import dev.billingexport.session.AppType;
import dev.billingexport.session.Filter;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the sessions come from and how much load the API may get: {@code export.source.*}. Holds no credentials.
 *
 * @param baseUrl the API, without user information, query or a slash at the end; https, or http to loopback
 * @param appTypes applications to bill, each once, at least one
 * @param filter null where all sessions are exported
 * @param dateFilter how a listing is restricted to a window
 * @param pageLength rows requested on a page; the server may send fewer
 * @param window length of a collection window, whole seconds, at least a minute
 * @param maxInFlight requests in flight at once, over all threads
 * @param maxPerSecond ceiling of the rate in requests a second, null for none
 * @param connectTimeout limit for connecting, TLS included
 * @param readTimeout limit for the next bytes of an answer; a whole answer may take ten times as long
 * @param maxAttempts attempts of one request, the first included
 * @param settle how long after its end a window's sessions may still change
 * @param proxy an HTTP proxy as {@code http://host:port}, without user information; null for that of the environment
 * @param sslBundle name of a Spring Boot SSL bundle whose authorities are trusted in place of Java's, null for Java's
 */
public record SourceProperties(
        @DefaultValue("https://api.enablex.io/ucaas/v1") URI baseUrl,
        @DefaultValue({"vc", "wb"}) List<AppType> appTypes,
        @Nullable FilterProperties filter,
        @DefaultValue("parameters") DateFilter dateFilter,
        @DefaultValue("100") int pageLength,
        @DefaultValue("1d") Duration window,
        @DefaultValue("16") int maxInFlight,
        @Nullable Double maxPerSecond,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("30s") Duration readTimeout,
        @DefaultValue("6") int maxAttempts,
        @DefaultValue("24h") Duration settle,
        @Nullable URI proxy,
        @Nullable String sslBundle) {

    /** How a listing is restricted to a window. */
    public enum DateFilter {
        /** By the API, which gets {@code from_session_date} and {@code to_session_date}. */
        PARAMETERS,
        /** By this client: the API knows no dates, and sessions outside the period are left out. */
        NONE
    }

    private static final Pattern LOOPBACK_V4 = Pattern.compile("127(\\.\\d{1,3}){3}");

    /**
     * Checks every value.
     *
     * @throws IllegalArgumentException if one is invalid; the message is one line that names the property and what it
     *     takes, never its value
     */
    public SourceProperties {
        baseUrl = checked(baseUrl);
        appTypes = appTypes.stream().distinct().toList();
        require(
                !appTypes.isEmpty(),
                "app-types",
                "names no application: use one or several of " + AppType.codes() + ".");
        require(pageLength >= 1, "page-length", "must be at least 1.");
        require(
                window.compareTo(Duration.ofMinutes(1)) >= 0 && window.getNano() == 0,
                "window",
                "must be at least a minute and whole seconds, such as 1d or 6h.");
        require(maxInFlight >= 1, "max-in-flight", "must be at least 1.");
        require(
                maxPerSecond == null || maxPerSecond >= 0.01 && maxPerSecond <= 100_000,
                "max-per-second",
                "must be from 0.01 to 100000, or left out.");
        require(isTimeout(connectTimeout), "connect-timeout", "must be from 1ms to 1h.");
        require(isTimeout(readTimeout), "read-timeout", "must be from 1ms to 1h.");
        require(maxAttempts >= 1, "max-attempts", "must be at least 1.");
        require(!settle.isNegative(), "settle", "must not be negative.");
        require(
                proxy == null
                        || proxy.getRawAuthority() == null
                        || !proxy.getRawAuthority().contains("@"),
                "proxy",
                "must not hold a user or a password: set HTTPS_PROXY in the environment instead, such as"
                        + " http://user:password@proxy.example.com:3128.");
        if (proxy != null) {
            Proxy.parse("export.source.proxy", proxy.toString());
        }
    }

    /** Returns the filter, null where all sessions are exported. */
    public @Nullable Filter wanted() {
        return filter == null ? null : filter.filter();
    }

    private static URI checked(URI url) {
        String scheme = String.valueOf(url.getScheme());
        String host = url.getHost();
        String property = "base-url";
        // Checked first, so that no later message can print a password.
        require(
                url.getRawAuthority() == null || !url.getRawAuthority().contains("@"),
                property,
                "must not hold a user or a password: credentials come from the environment.");
        require(host != null, property, "must be a URL with a host, such as https://api.enablex.io/ucaas/v1.");
        require(
                url.getPort() == -1 || url.getPort() >= 1 && url.getPort() <= 65_535,
                property,
                "must have a port from 1 to 65535, or none.");
        require(
                scheme.equalsIgnoreCase("https") || scheme.equalsIgnoreCase("http") && isLoopback(String.valueOf(host)),
                property,
                "must be https: plain http is allowed to loopback only.");
        require(
                url.getRawQuery() == null && url.getRawFragment() == null,
                property,
                "must not have a query or a fragment.");
        return URI.create(url.toString().replaceFirst("/+$", ""));
    }

    private static boolean isLoopback(String host) {
        if (host.startsWith("[")) {
            try {
                // The host is a literal address, so DNS is not asked.
                return InetAddress.getByName(host).isLoopbackAddress();
            } catch (UnknownHostException e) {
                return false;
            }
        }
        return host.equalsIgnoreCase("localhost") || LOOPBACK_V4.matcher(host).matches();
    }

    private static boolean isTimeout(Duration timeout) {
        return timeout.compareTo(Duration.ofMillis(1)) >= 0 && timeout.compareTo(Duration.ofHours(1)) <= 0;
    }

    private static void require(boolean valid, String property, String complaint) {
        if (!valid) {
            throw new IllegalArgumentException("export.source." + property + " " + complaint);
        }
    }
}
