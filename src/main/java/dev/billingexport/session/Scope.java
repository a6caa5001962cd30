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
 * What a listing was made under. Two runs see the same sessions only where their scopes are equal.
 *
 * @param baseUrl the API that was asked, without credentials
 * @param account a fingerprint of the credentials' owner: the API shows a reseller more than a user; not a secret
 * @param appTypes the applications, at least one, in their order of declaration
 * @param filter null where all sessions are wanted
 */
public record Scope(
        URI baseUrl,
        String account,
        List<AppType> appTypes,
        @Nullable Filter filter) {

    /** Puts the applications in order, each once. */
    public Scope {
        appTypes = appTypes.stream().distinct().sorted().toList();
    }

    /** Thirty-two hexadecimal digits that are equal where the scopes are equal; safe to store and to show. */
    public String fingerprint() {
        return fingerprint(baseUrl.toString(), account, appTypes.toString(), identity(filter));
    }

    /** The same without the applications, each of which is listed on its own: who asks for what, of whom. */
    public String listingFingerprint() {
        return fingerprint(baseUrl.toString(), account, identity(filter));
    }

    /** With the length of each value, so that two filters never read the same. */
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
