package dev.billingexport.ledger;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/** How far a listing looks beyond its window, in whole seconds and within reason. */
final class Reach {

    /** What lasts longer is a date that is wrong, and each listing would hold the sessions of years. */
    private static final long MAX_SECONDS = Duration.ofDays(31).toSeconds();

    private Reach() {}

    static Duration of(BigDecimal seconds) {
        return Duration.ofSeconds(seconds.setScale(0, RoundingMode.UP)
                .min(BigDecimal.valueOf(MAX_SECONDS))
                .longValueExact());
    }

    static long seconds(Duration length) {
        return Math.min(length.toSeconds() + 1, MAX_SECONDS);
    }
}
