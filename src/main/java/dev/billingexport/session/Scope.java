package dev.billingexport.session;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of a listing. Two runs see the same sessions only if their scopes are equal.
 *
 * @param baseUrl the API, without credentials
 * @param account fingerprint of the account, because the API shows a reseller more than a user; not a secret
 * @param appTypes the applications, at least one, in their order of declaration
 * @param filter null where all sessions are exported
 */
public record Scope(
        URI baseUrl,
        String account,
        List<AppType> appTypes,
        @Nullable Filter filter) {

    /** Sorts the applications and removes duplicates. */
    public Scope {
        appTypes = appTypes.stream().distinct().sorted().toList();
    }

    /** Returns 32 hexadecimal digits that are equal for equal scopes. Safe to store and to show. */
    public String fingerprint() {
        return fingerprint(baseUrl.toString(), account, appTypes.toString(), identity(filter));
    }

    /** Returns the fingerprint without the applications, because each application is listed separately. */
    public String listingFingerprint() {
        return fingerprint(baseUrl.toString(), account, identity(filter));
    }

    /** Includes the length of each value, so that different filters have different identities. */
    private static String identity(@Nullable Filter filter) {
        return filter == null
                ? "all"
                : filter.by()
                        + filter.values().stream()
                                .map(value -> "\n" + value.length() + " " + value)
                                .collect(Collectors.joining());
    }

    private static String fingerprint(String... parts) {
        String identity = String.join("\n", parts);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(identity.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
