package dev.billingexport.ledger;

import dev.billingexport.session.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The result of reading a window's listing completely.
 *
 * @param sessionIds every session listed in the window
 * @param flawed a problem for each listed row that can't be kept as a session
 * @param added how many sessions were new to the ledger
 * @param changed ids of the sessions that differed from the ledger
 * @param at when the reading began
 * @param reach how far beyond the window's ends the listing was requested
 * @param leftOut for each value of the filter with listed sessions, how many of those have another value and are
 *     dropped; empty without a filter
 * @param strays sessions of the period that were listed but lie in another window, with their lengths; empty where the
 *     listing reached beyond the window on purpose
 * @param displaced length of the longest session that was listed although it lies outside the requested dates; null
 *     where there was none
 */
public record Listing(
        Set<String> sessionIds,
        List<Problem> flawed,
        long added,
        Set<String> changed,
        Instant at,
        Duration reach,
        Map<String, Long> leftOut,
        Map<String, Duration> strays,
        @Nullable Duration displaced) {}
