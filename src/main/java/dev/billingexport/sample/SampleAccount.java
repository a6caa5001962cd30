package dev.billingexport.sample;

import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The only account of the sample API. Its secrets are public, because they give access to made-up data only. */
public final class SampleAccount {

    /** User name of HTTP Basic authentication. */
    public static final String APP_ID = "sample";

    /** Password of HTTP Basic authentication. */
    public static final String APP_KEY = "sample-key";

    /** Header {@code X-Api-Id} of a login. */
    public static final String API_ID = "sample-api";

    /** User of a login. */
    public static final String EMAIL = "billing@example.com";

    /** Password of a login. */
    public static final String PASSWORD = "sample-password";

    private SampleAccount() {}

    /**
     * Returns credentials for HTTP Basic under the names of the real environment variables; null for any other name.
     */
    public static Function<String, @Nullable String> basicCredentials() {
        return Map.of("ENABLEX_APP_ID", APP_ID, "ENABLEX_APP_KEY", APP_KEY)::get;
    }

    /** Returns credentials for a login under the names of the real environment variables; null for any other name. */
    public static Function<String, @Nullable String> loginCredentials() {
        return Map.of("ENABLEX_API_ID", API_ID, "ENABLEX_EMAIL", EMAIL, "ENABLEX_PASSWORD", PASSWORD)::get;
    }
}
