package dev.billingexport.report.table;

import dev.billingexport.report.rating.Charges;
import dev.billingexport.session.Filter;
import dev.billingexport.session.Problem;
import dev.billingexport.session.SessionDetails;
import dev.billingexport.session.SessionUsage;
import dev.billingexport.session.Split;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.springframework.util.function.SingletonSupplier;

/**
 * The sessions that one customer pays for, user by user. Reading them takes time in proportion to their number, not to
 * that of all sessions. A small number of sessions is read once and kept in memory: a statement reads them twice, and
 * reading took a quarter of its time.
 */
public final class CustomerData implements ReportData {

    private static final int MAX_KEPT_SESSIONS = 500;
    private static final int MAX_KEPT_DETAILS = 5_000;

    private final ReportData whole;
    private final Charges charges;
    private final String customer;

    /** All sessions; empty where there are too many to keep. */
    private final SingletonSupplier<Optional<List<SessionDetails>>> kept;

    /** Selects the sessions from the data of a whole report, whose charges must be complete. */
    public CustomerData(ReportData whole, Charges charges, String customer) {
        this.whole = whole;
        this.charges = charges;
        this.customer = customer;
        this.kept = SingletonSupplier.of(this::keep);
    }

    @Override
    public Stream<SessionUsage> sessions() {
        return details().map(SessionDetails::sessionUsage);
    }

    @Override
    public Stream<SessionDetails> details() {
        return kept.obtain().map(List::stream).orElseGet(this::read);
    }

    private Optional<List<SessionDetails>> keep() {
        List<SessionDetails> few = new ArrayList<>();
        int details = 0;
        for (Iterator<SessionDetails> sessions = read().iterator(); sessions.hasNext(); ) {
            SessionDetails session = sessions.next();
            details += session.callDetails().size() + session.recordings().size();
            if (few.size() == MAX_KEPT_SESSIONS || details > MAX_KEPT_DETAILS) {
                return Optional.empty();
            }
            few.add(session);
        }
        return Optional.of(few);
    }

    private Stream<SessionDetails> read() {
        AtomicLong number = new AtomicLong();
        return charges.users(customer).stream()
                .flatMap(user -> whole.of(new Split(Filter.Field.USER_ID, user)).details())
                .filter(details -> charges.isPaidBy(customer, details.session()))
                .map(details -> details.numbered(number.incrementAndGet()));
    }

    @Override
    public Stream<Problem> problems() {
        return Stream.empty();
    }

    @Override
    public List<Split> splits(Filter.Field by) {
        return List.of();
    }

    @Override
    public ReportData of(Split split) {
        throw new UnsupportedOperationException("A customer's sessions are not split again.");
    }
}
