package dev.billingexport.report;

import dev.billingexport.report.table.ReportData;
import dev.billingexport.session.Filter;
import dev.billingexport.session.Problem;
import dev.billingexport.session.SessionDetails;
import dev.billingexport.session.SessionUsage;
import dev.billingexport.session.Split;
import java.util.List;
import java.util.stream.Stream;

/** Report data for tests that split nothing; without problems. */
public interface UnsplitData extends ReportData {

    @Override
    public default Stream<SessionUsage> sessions() {
        return details().map(SessionDetails::sessionUsage);
    }

    @Override
    public default Stream<Problem> problems() {
        return Stream.empty();
    }

    @Override
    public default List<Split> splits(Filter.Field by) {
        return List.of();
    }

    @Override
    public default ReportData of(Split split) {
        throw new IllegalArgumentException("There are no splits.");
    }
}
