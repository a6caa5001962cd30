package dev.billingexport.report.table;

import dev.billingexport.report.rating.Amounts;

/** Usage of one application on one day, with its share of the charges: a row of the Days sheet. */
record DayRow(DayUsage day, Amounts amounts) {}
