package dev.billingexport.report.table;

import static dev.billingexport.report.table.Column.appType;
import static dev.billingexport.report.table.Column.decimal;
import static dev.billingexport.report.table.Column.join;
import static dev.billingexport.report.table.Column.part;
import static dev.billingexport.report.table.Column.session;
import static dev.billingexport.report.table.Column.text;
import static dev.billingexport.report.table.Column.time;
import static dev.billingexport.report.table.Column.word;

import dev.billingexport.session.Problem;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The tables that somebody should read before a bill is sent. */
final class ReviewTables {

    private static final List<Column<Finding>> FINDING = List.of(
            session("session_id", 30, Finding::session, Finding::number),
            text("user_id", 30, finding -> finding.session().userId()),
            appType(finding -> finding.session().appType()),
            time("trans_date", finding -> finding.session().transDate()),
            word("finding", 28, "finding-name", finding -> finding.kind().code()),
            decimal("stated_minutes", finding -> finding.session().duration()),
            decimal("connected_minutes", Finding::connected),
            decimal("call_detail_minutes", Finding::callDetails),
            decimal("span_minutes", Finding::span));

    private static final List<Column<@Nullable Span>> TIMES = List.of(
            new Column<>("times_of", Column.Kind.TEXT, 30, ReviewTables::putName),
            time("connect_dt", span -> span == null ? null : span.connect()),
            time("disconnect_dt", span -> span == null ? null : span.disconnect()));

    static final List<Column<Amendment>> AMENDMENT = List.of(
            new Column<>(
                    "session_id",
                    Column.Kind.TEXT,
                    30,
                    (amendment, cells) -> cells.session(amendment.sessionId(), amendment.number())),
            text("user_id", 30, Amendment::userId),
            word("app_type", 16, "application", Amendment::appType),
            time("trans_date", Amendment::transDate),
            word("change", 18, "change", amendment -> amendment.change().code()),
            new Column<>(
                    "fields", Column.Kind.TEXT, 36, (amendment, cells) -> cells.words("column", amendment.fields())),
            decimal("session_minutes_before", Amendment::sessionMinutesBefore),
            decimal("session_minutes_after", Amendment::sessionMinutesAfter),
            decimal("call_detail_minutes_before", Amendment::callDetailMinutesBefore),
            decimal("call_detail_minutes_after", Amendment::callDetailMinutesAfter));

    /** Below the amendments: each figure under the column that it adds up, with the differences to the right. */
    private static final List<Column<UserAmendment>> USER_AMENDMENT = List.of(
            text("user_id", 30, UserAmendment::userId),
            decimal("session_minutes_before", UserAmendment::sessionMinutesBefore),
            decimal("session_minutes_after", UserAmendment::sessionMinutesAfter),
            decimal("call_detail_minutes_before", UserAmendment::callDetailMinutesBefore),
            decimal("call_detail_minutes_after", UserAmendment::callDetailMinutesAfter),
            decimal("session_minutes_difference", UserAmendment::sessionMinutesDifference),
            decimal("call_detail_minutes_difference", UserAmendment::callDetailMinutesDifference));

    /** Charges of customers or users, and the total of each currency. */
    private static final List<Column<ChargeChange>> CHARGE_CHANGE = List.of(
            text("customer", 30, ChargeChange::customer),
            text("user_id", 30, ChargeChange::userId),
            text("currency", 12, ChargeChange::currency),
            change("amount_before", ChargeChange::before),
            change("amount_after", ChargeChange::after),
            change("amount_difference", ChargeChange::difference));

    private ReviewTables() {}

    static Table<Finding> reconciliation(Supplier<Stream<Finding>> rows) {
        return new Table<>(TableNames.RECONCILIATION, FINDING, rows);
    }

    /** The findings for people, with the contradicting times. */
    static Table<Finding> reconciliationForPeople(Supplier<Stream<Finding>> rows) {
        return new Table<>(TableNames.RECONCILIATION, join(FINDING, part(TIMES, Finding::times)), rows);
    }

    private static void putName(@Nullable Span span, Cells cells) {
        if (span != null && span.callDetail() == null) {
            cells.word("part", Problem.Part.SESSION.code());
        } else {
            cells.text(span == null ? null : span.callDetail());
        }
    }

    static Table<Amendment> amendments(Amendments.Known amendments) {
        return new Table<>(TableNames.AMENDMENTS, AMENDMENT, amendments::rows)
                .withTotal()
                .withNotes(wording -> amendments.words(wording))
                .withBreakdowns(
                        new Table<>("amendments-by-user", USER_AMENDMENT, () -> amendments.users().stream()),
                        new Table<>(
                                "amended-charges",
                                CHARGE_CHANGE,
                                () -> Stream.concat(
                                        amendments.charges().payers().stream(),
                                        amendments.charges().total().stream())));
    }

    private static Column<ChargeChange> change(String name, Function<ChargeChange, BigDecimal> amount) {
        return new Column<>(name, Column.Kind.DECIMAL, 20, (change, cells) -> cells.decimal(amount.apply(change)));
    }
}
