package dev.billingexport.job;

import dev.billingexport.api.SessionPage;
import dev.billingexport.session.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.IntFunction;

/**
 * One reading of a window.
 *
 * @param asked the requested dates
 * @param reach how far the request extends beyond the window
 * @param begun when the reading began
 * @param parts for each value of the filter, or once without a filter, the pages by their numbers, from 1. An empty
 *     page ends a part
 */
record WindowListing(
        Window window, AskedRange asked, Duration reach, Instant begun, List<IntFunction<SessionPage>> parts) {}
