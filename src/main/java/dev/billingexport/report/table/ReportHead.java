package dev.billingexport.report.table;

import dev.billingexport.session.AppType;
import dev.billingexport.session.Filter;
import dev.billingexport.session.Period;
import dev.billingexport.session.Share;
import java.util.SortedMap;
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
 * @param leftOut the values of the filter that sessions were listed for, each with how many of those carry another value and
 *     are in no report; null where that is not known
 * @param share what of it the report is about; null where it is all
 */
public record ReportHead(
        String export,
        Period period,
        SortedSet<AppType> appTypes,
        @Nullable Filter filter,
        int revision,
        @Nullable SortedMap<String, Long> leftOut,
        @Nullable Share share) {

    /** Of a report about all sessions. */
    public ReportHead(
            String export, Period period, SortedSet<AppType> appTypes, @Nullable Filter filter, int revision) {
        this(export, period, appTypes, filter, revision, null, null);
    }

    /** The same, where it is known what was listed for the values of the filter. */
    public ReportHead listing(SortedMap<String, Long> sessionsLeftOut) {
        return new ReportHead(export, period, appTypes, filter, revision, sessionsLeftOut, share);
    }

    /** Of a report about a share alone. */
    public ReportHead of(Share part) {
        return new ReportHead(export, period, appTypes, filter, revision, leftOut, part);
    }
}
