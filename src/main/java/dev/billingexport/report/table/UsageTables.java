package dev.billingexport.report.table;

import static dev.billingexport.report.table.Column.appType;
import static dev.billingexport.report.table.Column.count;
import static dev.billingexport.report.table.Column.day;
import static dev.billingexport.report.table.Column.decimal;
import static dev.billingexport.report.table.Column.integer;
import static dev.billingexport.report.table.Column.join;
import static dev.billingexport.report.table.Column.part;
import static dev.billingexport.report.table.Column.text;

import dev.billingexport.report.rating.Amounts;
import dev.billingexport.session.Usage;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The tables of usage by user and by day. */
public final class UsageTables {

    /** The seven figures, in the order of every table and of the Summary sheet. */
    public static final List<Column<Usage>> FIGURES = List.of(
            count("sessions", Usage::sessions),
            decimal("session_minutes", Usage::sessionMinutes),
            count("call_details", Usage::callDetails),
            decimal("call_detail_minutes", Usage::callDetailMinutes),
            count("recordings", Usage::recordings),
            integer("recorded_seconds", 17, Usage::recordedSeconds),
            integer("recorded_bytes", 24, Usage::recordedBytes));

    private static final List<Column<UserUsage>> USER = List.of(
            text("user_id", 30, UserUsage::userId),
            text("user_name", 30, UserUsage::userName),
            appType(UserUsage::appType));

    private static final List<Column<DayUsage>> DAY = List.of(day("day", DayUsage::day), appType(DayUsage::appType));

    private UsageTables() {}

    /** @param currencies currencies of additional columns for amounts, which the CSV file doesn't have */
    static Table<UserRow> users(Supplier<Stream<UserRow>> rows, Collection<Currency> currencies) {
        List<Column<UserRow>> columns = part(join(USER, part(FIGURES, UserUsage::usage)), UserRow::user);
        return new Table<>(TableNames.USERS, join(columns, amounts(currencies, UserRow::amounts)), rows)
                .withTotal("session_minutes", "call_detail_minutes");
    }

    /** @param currencies currencies of additional columns for amounts, which the CSV file doesn't have */
    static Table<DayRow> days(Supplier<Stream<DayRow>> rows, Collection<Currency> currencies) {
        List<Column<DayRow>> columns = part(join(DAY, part(FIGURES, DayUsage::usage)), DayRow::day);
        return new Table<>(TableNames.DAYS, join(columns, amounts(currencies, DayRow::amounts)), rows)
                .withTotal("session_minutes", "call_detail_minutes");
    }

    private static <T> List<Column<T>> amounts(Collection<Currency> currencies, Function<T, Amounts> amounts) {
        return currencies.stream()
                .map(currency ->
                        Column.<T>amount(currency, row -> amounts.apply(row).in(currency)))
                .toList();
    }
}
