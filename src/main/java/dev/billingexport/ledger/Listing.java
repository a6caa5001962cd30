package dev.billingexport.ledger;

import dev.billingexport.session.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one complete reading of a window brought.
 *
 * @param sessionIds every session that was listed in the window
 * @param flawed what was listed and is no session that can be kept: a problem each
 * @param added how many of them were new to the ledger
 * @param changed those that differed from what it had
 * @param at when it was begun
 * @param reach how far beyond the window's ends it was asked for
 * @param leftOut the values of the filter that sessions were listed for in the window, each with how many of those carry
 *     another value and are not kept; empty where there is no filter
 * @param strays the sessions of the period that were listed and lie in another window, each with how long it lasted; none
 *     where it was meant to reach there
 * @param displaced the longest of the sessions that the API listed although they lie outside of what was asked for; null
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
