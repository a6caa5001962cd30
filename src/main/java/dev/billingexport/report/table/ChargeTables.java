package dev.billingexport.report.table;

import static dev.billingexport.report.table.Column.appType;
import static dev.billingexport.report.table.Column.count;
import static dev.billingexport.report.table.Column.rate;
import static dev.billingexport.report.table.Column.text;
import static dev.billingexport.report.table.Column.word;

import dev.billingexport.report.rating.CustomerTotal;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The tables of charges. */
final class ChargeTables {

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
            new Column<>("amount", Column.Kind.DECIMAL, 20, (row, cells) -> cells.amount(row.charge())),
            text("currency", 12, row -> row.charge().currency().getCurrencyCode()));

    private static final List<Column<CustomerTotal>> CUSTOMER = List.of(
            text("customer", 30, CustomerTotal::customer),
            text("plan", 24, customer -> String.join(", ", customer.plans())),
            count("users", CustomerTotal::users),
            rate("used_minutes", CustomerTotal::usedMinutes),
            rate("charged_minutes", CustomerTotal::chargedMinutes));

    private ChargeTables() {}

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
        return new Table<>(TableNames.CHARGES, columns, rows)
                .grouped(new Grouping<>(
                        "amount",
                        listed ? List.of(customer, user) : List.of(user),
                        row -> row.charge().amount(),
                        row -> row.charge().currency()));
    }

    private static @Nullable String line(@Nullable Integer line) {
        return line == null ? null : line.toString();
    }

    /** Charges of each customer. Has no CSV file. */
    static Table<CustomerTotal> customers(Supplier<Stream<CustomerTotal>> rows) {
        List<Column<CustomerTotal>> columns = new ArrayList<>(CUSTOMER);
        columns.add(money("amount", CustomerTotal::amount));
        columns.add(money("minimum", CustomerTotal::minimum));
        columns.add(money("total", CustomerTotal::total));
        columns.add(text("currency", 12, customer -> customer.currency().getCurrencyCode()));
        return new Table<>(TableNames.CUSTOMERS, columns, rows);
    }

    private static Column<CustomerTotal> money(String name, Function<CustomerTotal, BigDecimal> amount) {
        return new Column<>(
                name,
                Column.Kind.DECIMAL,
                20,
                (customer, cells) -> cells.amount(amount.apply(customer), customer.currency()));
    }
}
