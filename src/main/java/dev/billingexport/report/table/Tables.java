package dev.billingexport.report.table;

import static dev.billingexport.report.table.Column.count;
import static dev.billingexport.report.table.Column.day;
import static dev.billingexport.report.table.Column.decimal;
import static dev.billingexport.report.table.Column.figure;
import static dev.billingexport.report.table.Column.integer;
import static dev.billingexport.report.table.Column.rate;
import static dev.billingexport.report.table.Column.session;
import static dev.billingexport.report.table.Column.text;
import static dev.billingexport.report.table.Column.time;
import static dev.billingexport.report.table.Column.word;

import dev.billingexport.report.rating.Amounts;
import dev.billingexport.report.rating.CustomerTotal;
import dev.billingexport.session.AppType;
import dev.billingexport.session.CallDetail;
import dev.billingexport.session.Problem;
import dev.billingexport.session.Recording;
import dev.billingexport.session.Session;
import dev.billingexport.session.SessionCallDetail;
import dev.billingexport.session.SessionRecording;
import dev.billingexport.session.SessionUsage;
import dev.billingexport.session.Usage;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Defines the tables of a report with the columns that the documentation promises. */
public final class Tables {

    /** The seven figures, in the order of every table and of the Summary sheet. */
    public static final List<Column<Usage>> FIGURES = List.of(
            count("sessions", Usage::sessions),
            decimal("session_minutes", Usage::sessionMinutes),
            count("call_details", Usage::callDetails),
            decimal("call_detail_minutes", Usage::callDetailMinutes),
            count("recordings", Usage::recordings),
            integer("recorded_seconds", 17, Usage::recordedSeconds),
            integer("recorded_bytes", 24, Usage::recordedBytes));

    /** The figures of one session without the first two, which are the session itself and its duration. */
    private static final List<Column<Usage>> DETAIL_FIGURES = FIGURES.subList(2, FIGURES.size());

    private static final Column<Session> SESSION_ID = text("session_id", 30, Session::sessionId);
    private static final Column<Session> USER_ID = text("user_id", 30, Session::userId);
    private static final Column<Session> APP_TYPE = appType(Session::appType);

    private static final List<Column<Session>> SESSION = List.of(
            SESSION_ID,
            text("meeting_id", 18, Session::meetingId),
            text("room_id", 30, Session::roomId),
            USER_ID,
            text("user_name", 30, Session::userName),
            time("trans_date", Session::transDate),
            time("connect_dt", Session::connectDt),
            time("disconnect_dt", Session::disconnectDt),
            decimal("duration", Session::duration),
            APP_TYPE);

    private static final List<Column<CallDetail>> CALL_DETAIL = List.of(
            text("call_num", 18, CallDetail::callNum),
            text("call_log_id", 30, CallDetail::callLogId),
            time("connect_dt", CallDetail::connectDt),
            time("disconnect_dt", CallDetail::disconnectDt),
            decimal("duration", CallDetail::duration),
            text("user_ref", 24, CallDetail::userRef),
            text("name", 30, CallDetail::name),
            text("role", 15, CallDetail::role),
            text("ip", 32, CallDetail::ip),
            text("agent", 50, CallDetail::agent));

    private static final List<Column<Recording>> RECORDING = List.of(
            text("file", 75, Recording::file),
            integer("play_time", 17, Recording::playTime),
            figure("stage", 12, Recording::stage),
            time("start_time", Recording::startTime),
            time("end_time", Recording::endTime),
            figure("file_size", 24, Recording::fileSize));

    private static final List<Column<UserUsage>> USER = List.of(
            text("user_id", 30, UserUsage::userId),
            text("user_name", 30, UserUsage::userName),
            appType(UserUsage::appType));

    private static final List<Column<DayUsage>> DAY = List.of(day("day", DayUsage::day), appType(DayUsage::appType));

    private static final List<Column<Problem>> PROBLEM = List.of(
            text("session_id", 30, Problem::sessionId),
            time("trans_date", Problem::transDate),
            word("part", 18, "part", problem -> problem.part().code()),
            text("cause", 90, Problem::cause),
            count("attempts", Problem::attempts));

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

    private static final List<Column<ChargeRow>> CHARGE_CUSTOMER = List.of(
            text("customer", 30, row -> row.charge().customer()),
            text("plan", 20, row -> row.charge().plan()));

    private static final List<Column<ChargeRow>> CHARGE_ITEM = List.of(
            text("user_id", 30, row -> row.charge().userId()),
            text("user_name", 30, ChargeRow::userName),
            appType(row -> row.charge().appType()),
            word("item", 28, "item", row -> row.charge().item().code()));

    private static final List<Column<ChargeRow>> CHARGE_TIER = List.of(
            word("tier", 13, "tier", row -> row.charge().tier()),
            rate("used_minutes", row -> row.charge().usedMinutes()),
            rate("charged_minutes", row -> row.charge().chargedMinutes()),
            text("price_list_row", 13, row -> line(row.charge().line())));

    /** Quantity, price and amount side by side, because the amount is their product. */
    private static final List<Column<ChargeRow>> CHARGE_AMOUNT = List.of(
            rate("quantity", row -> row.charge().chargedMinutes()),
            rate("unit_price", row -> row.charge().unitPrice()),
            new Column<>("amount", Column.Kind.NUMBER, 20, (row, cells) -> cells.amount(row.charge())),
            text("currency", 12, row -> row.charge().currency().getCurrencyCode()));

    private static final List<Column<CustomerTotal>> CUSTOMER = List.of(
            text("customer", 30, CustomerTotal::customer),
            text("plan", 24, customer -> String.join(", ", customer.plans())),
            count("users", CustomerTotal::users),
            rate("used_minutes", CustomerTotal::usedMinutes),
            rate("charged_minutes", CustomerTotal::chargedMinutes));
    private static final List<Column<@Nullable Span>> TIMES = List.of(
            new Column<>("times_of", Column.Kind.TEXT, 30, Tables::putName),
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

    private Tables() {}

    private static Column<ChargeChange> change(String name, Function<ChargeChange, BigDecimal> amount) {
        return new Column<>(name, Column.Kind.NUMBER, 20, (change, cells) -> cells.decimal(amount.apply(change)));
    }

    private static void putName(@Nullable Span span, Cells cells) {
        if (span != null && span.callDetail() == null) {
            cells.word("part", Problem.Part.SESSION.code());
        } else {
            cells.text(span == null ? null : span.callDetail());
        }
    }

    private static <T> Column<T> appType(Function<T, @Nullable AppType> appType) {
        return word("app_type", 16, "application", row -> {
            AppType own = appType.apply(row);
            return own == null ? null : own.code();
        });
    }

    /** @param currencies currencies of additional columns for amounts, which the CSV file doesn't have */
    static Table<UserRow> users(Supplier<Stream<UserRow>> rows, Collection<Currency> currencies) {
        List<Column<UserRow>> columns = part(join(USER, part(FIGURES, UserUsage::usage)), UserRow::user);
        return new Table<>("users", join(columns, amounts(currencies, UserRow::amounts)), rows)
                .withTotal("session_minutes", "call_detail_minutes");
    }

    /** @param currencies currencies of additional columns for amounts, which the CSV file doesn't have */
    static Table<DayRow> days(Supplier<Stream<DayRow>> rows, Collection<Currency> currencies) {
        List<Column<DayRow>> columns = part(join(DAY, part(FIGURES, DayUsage::usage)), DayRow::day);
        return new Table<>("days", join(columns, amounts(currencies, DayRow::amounts)), rows)
                .withTotal("session_minutes", "call_detail_minutes");
    }

    /** Charges of each customer. Has no CSV file. */
    static Table<CustomerTotal> customers(Supplier<Stream<CustomerTotal>> rows) {
        List<Column<CustomerTotal>> columns = new ArrayList<>(CUSTOMER);
        columns.add(money("amount", CustomerTotal::amount));
        columns.add(money("minimum", CustomerTotal::minimum));
        columns.add(money("total", CustomerTotal::total));
        columns.add(text("currency", 12, customer -> customer.currency().getCurrencyCode()));
        return new Table<>("customers", columns, rows);
    }

    private static Column<CustomerTotal> money(String name, Function<CustomerTotal, BigDecimal> amount) {
        return new Column<>(
                name,
                Column.Kind.NUMBER,
                20,
                (customer, cells) -> cells.amount(amount.apply(customer), customer.currency()));
    }

    private static <T> List<Column<T>> amounts(Collection<Currency> currencies, Function<T, Amounts> amounts) {
        return currencies.stream()
                .map(currency ->
                        Column.<T>amount(currency, row -> amounts.apply(row).in(currency)))
                .toList();
    }

    static Table<SessionUsage> sessions(Supplier<Stream<SessionUsage>> rows) {
        return new Table<>(
                "sessions",
                join(part(SESSION, SessionUsage::session), part(DETAIL_FIGURES, SessionUsage::usage)),
                rows);
    }

    static Table<SessionCallDetail> callDetails(Supplier<Stream<SessionCallDetail>> rows) {
        return new Table<>(
                "call-details",
                withinSession(
                        part(CALL_DETAIL, SessionCallDetail::callDetail),
                        SessionCallDetail::session,
                        SessionCallDetail::number),
                rows);
    }

    static Table<SessionRecording> recordings(Supplier<Stream<SessionRecording>> rows) {
        return new Table<>(
                "recordings",
                withinSession(
                        part(RECORDING, SessionRecording::recording),
                        SessionRecording::session,
                        SessionRecording::number),
                rows);
    }

    static Table<Finding> reconciliation(Supplier<Stream<Finding>> rows) {
        return new Table<>("reconciliation", FINDING, rows);
    }

    /** @param listed whether there is a price list, with customers, plans and tiers */
    static Table<ChargeRow> charges(Supplier<Stream<ChargeRow>> rows, boolean listed) {
        List<Column<ChargeRow>> columns = new ArrayList<>();
        if (listed) {
            columns.addAll(CHARGE_CUSTOMER);
        }
        columns.addAll(CHARGE_ITEM);
        if (listed) {
            columns.addAll(CHARGE_TIER);
        }
        columns.addAll(CHARGE_AMOUNT);
        Function<ChargeRow, String> customer = row -> row.charge().customer();
        Function<ChargeRow, String> user =
                row -> Objects.requireNonNullElse(row.charge().userId(), "");
        return new Table<>("charges", columns, rows)
                .grouped(new Grouping<>(
                        "amount",
                        listed ? List.of(customer, user) : List.of(user),
                        row -> row.charge().amount(),
                        row -> row.charge().currency()));
    }

    private static @Nullable String line(@Nullable Integer line) {
        return line == null ? null : line.toString();
    }

    /** The findings for people, with the contradicting times. */
    static Table<Finding> reconciliationForPeople(Supplier<Stream<Finding>> rows) {
        return new Table<>("reconciliation", join(FINDING, part(TIMES, Finding::times)), rows);
    }

    static Table<Amendment> amendments(Amendments.Known amendments) {
        return new Table<>("amendments", AMENDMENT, amendments::rows)
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

    static Table<Problem> problems(Supplier<Stream<Problem>> rows) {
        return new Table<>("problems", PROBLEM, rows);
    }

    /** Adds to columns of details those that identify the session. */
    private static <T> List<Column<T>> withinSession(
            List<Column<T>> details, Function<T, Session> session, ToLongFunction<T> number) {
        List<Column<T>> columns = new ArrayList<>();
        columns.add(session("session_id", 30, session, number));
        columns.addAll(join(details, part(List.of(USER_ID, APP_TYPE), session)));
        return columns;
    }

    private static <T, P> List<Column<T>> part(List<Column<P>> columns, Function<T, P> part) {
        return columns.stream().map(column -> column.of(part)).toList();
    }

    private static <T> List<Column<T>> join(List<Column<T>> left, List<Column<T>> right) {
        List<Column<T>> joined = new ArrayList<>(left);
        joined.addAll(right);
        return joined;
    }
}
