package dev.billingexport.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Credentials for the API. {@code toString} shows the {@link #account()} only. */
public sealed interface Credentials {

    /**
     * Returns an identifier of the account: 16 hex digits, derived without the key or password, so that changing those
     * doesn't change it.
     */
    String account();

    /** Returns the names of the environment variables that hold these credentials, for messages. */
    String variables();

    /** HTTP Basic with an application id and key, for servers. */
    record Basic(String appId, String appKey) implements Credentials {

        static final List<String> VARIABLES = List.of("ENABLEX_APP_ID", "ENABLEX_APP_KEY");

        @Override
        public String account() {
            return fingerprint("basic", appId);
        }

        @Override
        public String variables() {
            return names(VARIABLES);
        }

        @Override
        public String toString() {
            return "Basic[account=" + account() + "]";
        }
    }

    /** A user's login, which yields access tokens that expire. */
    record Login(String apiId, String email, String password) implements Credentials {

        static final List<String> VARIABLES = List.of("ENABLEX_API_ID", "ENABLEX_EMAIL", "ENABLEX_PASSWORD");

        @Override
        public String account() {
            return fingerprint("login", apiId, email);
        }

        @Override
        public String variables() {
            return names(VARIABLES);
        }

        @Override
        public String toString() {
            return "Login[account=" + account() + "]";
        }
    }

    /**
     * Reads the credentials from the environment: {@code ENABLEX_APP_ID} and {@code ENABLEX_APP_KEY}, or {@code
     * ENABLEX_API_ID}, {@code ENABLEX_EMAIL} and {@code ENABLEX_PASSWORD}. White space around a value is removed.
     *
     * @param environment returns a variable's value, or null where it isn't set
     * @throws IllegalArgumentException if the variables are absent, incomplete or of both kinds; the message is one
     *     line that says what to set and holds no value
     */
    static Credentials from(Function<String, @Nullable String> environment) {
        Map<String, String> basic = read(Basic.VARIABLES, environment);
        Map<String, String> login = read(Login.VARIABLES, environment);
        if (basic.isEmpty() && login.isEmpty()) {
            throw new IllegalArgumentException("No credentials: set " + names(Basic.VARIABLES) + ", or "
                    + names(Login.VARIABLES) + ", in the environment.");
        }
        if (!basic.isEmpty() && !login.isEmpty()) {
            throw new IllegalArgumentException("Two kinds of credentials: unset either " + names(basic.keySet())
                    + " or " + names(login.keySet()) + " in the environment.");
        }
        if (!basic.isEmpty()) {
            List<String> values = complete(Basic.VARIABLES, basic);
            if (values.get(0).contains(":")) {
                throw new IllegalArgumentException(
                        "ENABLEX_APP_ID must not contain a colon: HTTP Basic can't carry one.");
            }
            return new Basic(values.get(0), values.get(1));
        }
        List<String> values = complete(Login.VARIABLES, login);
        return new Login(values.get(0), values.get(1), values.get(2));
    }

    private static Map<String, String> read(List<String> variables, Function<String, @Nullable String> environment) {
        Map<String, String> found = new LinkedHashMap<>();
        for (String variable : variables) {
            String value = environment.apply(variable);
            if (value == null || value.isBlank()) {
                continue;
            }
            if (value.strip().chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException(
                        variable + " holds a control character: set it to one line of text.");
            }
            found.put(variable, value.strip());
        }
        return found;
    }

    private static List<String> complete(List<String> variables, Map<String, String> found) {
        List<String> missing =
                variables.stream().filter(name -> !found.containsKey(name)).toList();
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("Incomplete credentials: with " + names(found.keySet()) + ", set "
                    + names(missing) + " in the environment too.");
        }
        return List.copyOf(found.values());
    }

    private static String names(Iterable<String> variables) {
        return String.join(" + ", variables);
    }

    private static String fingerprint(String... parts) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(String.join("\n", parts).getBytes(UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
