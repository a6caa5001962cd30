package dev.billingexport.session;

import java.util.Locale;
import java.util.Optional;

/** An application of the platform, billed on its own: the API lists one at a time, chosen by {@code X-App-Type}. */
public enum AppType {
    /** Video conference, {@code vc}. */
    VC,
    /** Webinar, {@code wb}. */
    WB;

    /** The vendor's code, as in {@code X-App-Type}, in the {@code app_type} columns and in the configuration. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The application of a vendor's code in any case, or empty where the code is not one that is known. */
    public static Optional<AppType> ofCode(String code) {
        for (AppType appType : values()) {
            if (appType.code().equalsIgnoreCase(code.strip())) {
                return Optional.of(appType);
            }
        }
        return Optional.empty();
    }
}
