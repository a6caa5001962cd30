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
 * @param asked the dates that it asks for
 * @param reach how far beyond the window that was meant to be
 * @param begun when it was begun
 * @param parts the pages of each value of the filter by their numbers, from 1; of all sessions where there is no filter. An
 *     empty page is the end of a part
 */
record WindowListing(
        Window window, AskedRange asked, Duration reach, Instant begun, List<IntFunction<SessionPage>> parts) {}
