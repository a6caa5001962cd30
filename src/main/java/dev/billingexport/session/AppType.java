package dev.billingexport.session;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An application of the platform. The API lists one application at a time, selected by {@code X-App-Type}, and each is
 * billed separately.
 */
public enum AppType {
    /** Video conference, {@code vc}. */
    VC,
    /** Webinar, {@code wb}. */
    WB;

    /** Returns the vendor's code, used in {@code X-App-Type}, the {@code app_type} columns and the configuration. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns all codes, for a message: {@code vc, wb}. */
    public static String codes() {
        return Stream.of(values()).map(AppType::code).collect(Collectors.joining(", "));
    }

    /** Returns the application with a code, in upper or lower case; empty where the code is unknown. */
    public static Optional<AppType> ofCode(String code) {
        for (AppType appType : values()) {
            if (appType.code().equalsIgnoreCase(code.strip())) {
                return Optional.of(appType);
            }
        }
        return Optional.empty();
    }
}
