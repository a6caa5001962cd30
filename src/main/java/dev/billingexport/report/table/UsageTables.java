package dev.billingexport.report.table;

import static dev.billingexport.report.table.Column.appType;
import static dev.billingexport.report.table.Column.count;
import static dev.billingexport.report.table.Column.day;
import static dev.billingexport.report.table.Column.decimal;
import static dev.billingexport.report.table.Column.integer;
import static dev.billingexport.report.table.Column.join;
import static dev.billingexport.report.table.Column.part;
import static dev.billingexport.report.table.Column.text;

import dev.billingexport.session.Usage;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
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
    static Table<Charged<UserUsage>> users(Supplier<Stream<Charged<UserUsage>>> rows, Collection<Currency> currencies) {
        return table(TableNames.USERS, join(USER, part(FIGURES, UserUsage::usage)), rows, currencies);
    }

    /** @param currencies currencies of additional columns for amounts, which the CSV file doesn't have */
    static Table<Charged<DayUsage>> days(Supplier<Stream<Charged<DayUsage>>> rows, Collection<Currency> currencies) {
        return table(TableNames.DAYS, join(DAY, part(FIGURES, DayUsage::usage)), rows, currencies);
    }

    private static <T> Table<Charged<T>> table(
            String name, List<Column<T>> usage, Supplier<Stream<Charged<T>>> rows, Collection<Currency> currencies) {
        List<Column<Charged<T>>> amounts = currencies.stream()
                .map(currency ->
                        Column.<Charged<T>>amount(currency, row -> row.amounts().in(currency)))
                .toList();
        Table<Charged<T>> table = new Table<>(name, join(part(usage, Charged::usage), amounts), rows)
                .withTotal("session_minutes", "call_detail_minutes");
        return currencies.isEmpty() ? table : table.withNotes(wording -> List.of(wording.text(name + ".amounts")));
    }
}
