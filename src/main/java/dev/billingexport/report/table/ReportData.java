package dev.billingexport.report.table;

import dev.billingexport.session.Filter;
import dev.billingexport.session.Problem;
import dev.billingexport.session.SessionDetails;
import dev.billingexport.session.SessionUsage;
import dev.billingexport.session.Share;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a report is made from. Every call streams afresh and gives the same rows in the same order, however often it is
 * made and from however many threads; the reader closes the stream. An implementation holds no more than a few rows at a
 * time.
 */
public interface ReportData {

    /** The sessions with their figures, by {@code trans_date}, {@code session_id}. */
    Stream<SessionUsage> sessions();

    /** The same with all that belongs to them; one session is held at a time. */
    Stream<SessionDetails> details();

    /** What could not be collected, by {@code trans_date}, {@code session_id}. */
    Stream<Problem> problems();

    /** The shares that the sessions fall into, each once, in a fixed order. */
    List<Share> shares(Filter.Field by);

    /**
     * A share alone: its sessions and all that belongs to them, and of the problems those of its sessions. To be had for
     * about what it holds, whatever the size of the whole.
     */
    ReportData of(Share share);
}
