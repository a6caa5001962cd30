package dev.billingexport.job;

import java.net.URI;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The broker that hands windows to workers: {@code export.workers.*}. Printing it shows no password.
 *
 * @param brokerUrl {@code tcp://host:port} of an Apache Artemis, with options; null where this process does all the work
 * @param username null where the broker asks for none
 * @param password likewise; from the environment or a mounted file
 */
public record WorkersProperties(
        @Nullable URI brokerUrl,
        @Nullable String username,
        @Nullable String password) {

    /** Artemis knows options that load classes; these do not. */
    private static final Set<String> OPTIONS = Set.of("connectionTtl", "sslEnabled", "trustStorePath", "verifyHost");

    private static final Pattern OPTION = Pattern.compile("(?<name>\\w+)=[\\w./:-]+");

    /**
     * Checks the URL.
     *
     * @throws IllegalArgumentException with one line that names the property and what it takes, never its value
     */
    public WorkersProperties {
        if (brokerUrl != null) {
            require(
                    "tcp".equals(brokerUrl.getScheme())
                            && brokerUrl.getHost() != null
                            && brokerUrl.getRawUserInfo() == null
                            && brokerUrl.getRawPath().isEmpty()
                            && brokerUrl.getRawFragment() == null,
                    "must be tcp://host:port of an Apache Artemis broker, such as tcp://broker.example.com:61616.");
            String query = brokerUrl.getRawQuery();
            for (String option : query == null ? new String[0] : query.split("&", -1)) {
                Matcher matcher = OPTION.matcher(option);
                require(
                        matcher.matches() && OPTIONS.contains(matcher.group("name")),
                        "can have the options "
                                + String.join(", ", OPTIONS.stream().sorted().toList()) + ", and no others.");
            }
        }
    }

    private static void require(boolean valid, String complaint) {
        if (!valid) {
            throw new IllegalArgumentException("export.workers.broker-url " + complaint);
        }
    }

    @Override
    public String toString() {
        return "WorkersProperties[brokerUrl=" + brokerUrl + ", username=" + username + "]";
    }
}
