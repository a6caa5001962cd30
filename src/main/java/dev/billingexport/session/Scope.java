package dev.billingexport.session;

import java.net.URI;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * What a listing was made under. Two runs see the same sessions only where their scopes are equal.
 *
 * @param baseUrl the API that was asked, without credentials
 * @param account a fingerprint of the credentials' owner: the API shows a reseller more than a user; not a secret
 * @param appTypes the applications, at least one
 * @param filter null where all sessions are wanted
 */
public record Scope(
        URI baseUrl,
        String account,
        SortedSet<AppType> appTypes,
        @Nullable Filter filter) {}
