package dev.billingexport.report.table;

import dev.billingexport.session.AppType;
import dev.billingexport.session.Usage;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What was used of one application on one day.
 *
 * @param day in the export's time zone; null for the sessions without any date
 */
record DayUsage(@Nullable LocalDate day, AppType appType, Usage usage) {}
