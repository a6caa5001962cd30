package dev.billingexport.report.table;

import dev.billingexport.session.Filter;
import dev.billingexport.session.Problem;
import dev.billingexport.session.SessionDetails;
import dev.billingexport.session.SessionUsage;
import dev.billingexport.session.Split;
import java.util.List;
import java.util.stream.Stream;

/**
 * The data of a report. Every call returns a new stream of the same rows in the same order, on any thread; the caller
 * closes it. Implementations hold a few rows at a time.
 */
public interface ReportData {

    /** Returns the sessions with their figures, by {@code trans_date}, {@code session_id}. */
    Stream<SessionUsage> sessions();

    /** Returns the sessions with their details in the same order; one session is held at a time. */
    Stream<SessionDetails> details();

    /** Returns what could not be collected, by {@code trans_date}, {@code session_id}. */
    Stream<Problem> problems();

    /** Returns the splits that the sessions belong to, each once, in a fixed order. */
    List<Split> splits(Filter.Field by);

    /**
     * Returns the data of one split: its sessions with their details, and their problems. Reading it takes time in
     * proportion to its size.
     */
    ReportData of(Split split);
}
