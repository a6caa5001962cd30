package dev.billingexport.report.table;

import dev.billingexport.report.rating.Charges;
import dev.billingexport.session.Filter;
import dev.billingexport.session.Problem;
import dev.billingexport.session.SessionDetails;
import dev.billingexport.session.SessionUsage;
import dev.billingexport.session.Share;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** The sessions that one customer pays for, user by user: to be had for about what they are, whatever the size of the whole. */
public record CustomerData(ReportData whole, Charges charges, String customer) implements ReportData {

    @Override
    public Stream<SessionUsage> sessions() {
        return details().map(SessionDetails::sessionUsage);
    }

    @Override
    public Stream<SessionDetails> details() {
        AtomicLong number = new AtomicLong();
        return charges.users(customer).stream()
                .flatMap(user -> whole.of(new Share(Filter.Field.USER_ID, user)).details())
                .filter(details -> charges.isPaidBy(customer, details.session()))
                .map(details -> details.numbered(number.incrementAndGet()));
    }

    @Override
    public Stream<Problem> problems() {
        return Stream.empty();
    }

    @Override
    public List<Share> shares(Filter.Field by) {
        return List.of();
    }

    @Override
    public ReportData of(Share share) {
        throw new UnsupportedOperationException("A customer's sessions are not split again.");
    }
}
