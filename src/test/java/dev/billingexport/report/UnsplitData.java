package dev.billingexport.report;

import dev.billingexport.session.Filter;
import dev.billingexport.session.Share;
import java.util.List;

/** Report data for tests that split nothing. */
interface UnsplitData extends ReportData {

    @Override
    default List<Share> shares(Filter.Field by) {
        return List.of();
    }

    @Override
    default ReportData of(Share share) {
        throw new IllegalArgumentException("There are no shares.");
    }
}
