package dev.billingexport.report;

import dev.billingexport.session.AppType;
import dev.billingexport.session.Filter;
import dev.billingexport.session.Period;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * What a report says about itself. It names files and heads the Summary sheet, so it holds nothing that differs between
 * two runs over the same data.
 *
 * @param export the export's name, as it stands in file names
 * @param period what is billed; its zone is that of every time in the files
 * @param appTypes the applications, at least one
 * @param filter null where all sessions were wanted
 * @param revision from 1
 */
public record ReportHead(
        String export,
        Period period,
        SortedSet<AppType> appTypes,
        @Nullable Filter filter,
        int revision) {}
