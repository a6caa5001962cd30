package dev.billingexport.report.table;

import dev.billingexport.session.AppType;
import dev.billingexport.session.Filter;
import dev.billingexport.session.Period;
import dev.billingexport.session.Split;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * Describes a report. It names the files and heads the Summary sheet, so it contains nothing that differs between two
 * runs over the same data.
 *
 * @param export the export's name, as in file names
 * @param period the billed period; its zone is that of every time in the files
 * @param appTypes the applications, at least one
 * @param filter null where all sessions are exported
 * @param revision from 1
 * @param leftOut for each value of the filter with listed sessions, how many of those have another value and were
 *     dropped; null where this is unknown
 * @param split the split that the report covers; null for all sessions
 */
public record ReportHead(
        String export,
        Period period,
        SortedSet<AppType> appTypes,
        @Nullable Filter filter,
        int revision,
        @Nullable SortedMap<String, Long> leftOut,
        @Nullable Split split) {

    /** Creates the head of a report about all sessions. */
    public ReportHead(
            String export, Period period, SortedSet<AppType> appTypes, @Nullable Filter filter, int revision) {
        this(export, period, appTypes, filter, revision, null, null);
    }

    /** Returns the same head with the counts of sessions listed for the values of the filter. */
    public ReportHead listing(SortedMap<String, Long> sessionsLeftOut) {
        return new ReportHead(export, period, appTypes, filter, revision, sessionsLeftOut, split);
    }

    /** Returns the head of a report about one split. */
    public ReportHead of(Split part) {
        return new ReportHead(export, period, appTypes, filter, revision, leftOut, part);
    }
}
