package dev.billingexport.report.table;

import dev.billingexport.session.AppType;
import dev.billingexport.session.Usage;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Usage of one application on one day.
 *
 * @param day in the export's time zone; null for sessions without a date
 */
record DayUsage(@Nullable LocalDate day, AppType appType, Usage usage) {}
