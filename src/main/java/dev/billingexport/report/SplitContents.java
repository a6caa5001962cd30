package dev.billingexport.report;

import dev.billingexport.report.rating.Charges;
import dev.billingexport.report.table.Contents;
import dev.billingexport.report.table.CustomerData;
import dev.billingexport.report.table.Figures;
import dev.billingexport.report.table.Rated;
import dev.billingexport.report.table.ReportData;
import dev.billingexport.report.table.ReportHead;
import dev.billingexport.report.table.StatementHead;
import dev.billingexport.session.Filter;
import dev.billingexport.session.SessionDetails;
import dev.billingexport.session.Split;
import java.util.Collection;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The contents of the splits' workbooks. Their sums are computed at each call because each is used once. Amendments are
 * left out: a changed or removed session may have belonged to another split before.
 */
record SplitContents(Contents whole) {

    Contents of(Split split) {
        ReportData rows = whole.data().of(split);
        Rated rated = rated(split, rows, whole.figures().get().rated());
        return contents(
                whole.head().of(split),
                rows,
                rated,
                split.by() == Filter.Field.USER_ID ? new StatementHead(StatementHead.USER, split.value()) : null);
    }

    /** Returns the customers that have a workbook. */
    Collection<String> customers() {
        // Prepares the data for reading single users.
        whole.data().splits(Filter.Field.USER_ID);
        return rated().charges().customerNames();
    }

    Contents ofCustomer(String customer) {
        Charges charges = rated().charges();
        return contents(
                whole.head(),
                new CustomerData(whole.data(), charges, customer),
                rated().only(charges.rows(customer)),
                new StatementHead(StatementHead.CUSTOMER, customer));
    }

    private Contents contents(
            ReportHead head, ReportData rows, @Nullable Rated rated, @Nullable StatementHead statement) {
        Figures sums = Figures.ofSplit(
                        rows,
                        head.period(),
                        whole.reconciliation(),
                        whole.figures().get())
                .rated(rated);
        return new Contents(
                head, rows, whole.reconciliation(), rated == null ? null : rated.tariff(), null, () -> sums, statement);
    }

    private Rated rated() {
        return Objects.requireNonNull(whole.figures().get().rated(), "customers come with prices");
    }

    /** A room's sessions are only a part of each user's, so minimums and tiers can't be applied to them. */
    private static @Nullable Rated rated(Split split, ReportData rows, @Nullable Rated whole) {
        if (whole == null) {
            return null;
        }
        if (split.by() == Filter.Field.USER_ID) {
            return whole.only(whole.charges().ofUser(split.value()));
        }
        if (whole.tariff().isListed()) {
            return null;
        }
        Charges ofRoom = new Charges(whole.tariff().withoutMinimum());
        try (Stream<SessionDetails> sessions = rows.details()) {
            sessions.forEachOrdered(ofRoom::add);
        }
        return Rated.of(ofRoom, rows);
    }
}
