package dev.billingexport.report.rating;

import dev.billingexport.session.Period;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads a list of customers and finds all faults in it for a period. */
final class CustomersFile {

    private static final List<String> REQUIRED = List.of("user_id", "customer", "plan");
    private static final List<String> OPTIONAL = List.of("currency", "included_minutes", "minimum", "valid_from");
    private static final BigDecimal SECONDS_OF_MINUTE = BigDecimal.valueOf(60);

    private final RatingProperties properties;
    private final Period period;
    private final Set<String> plans;
    private final ListFaults faults;
    private final Map<String, NavigableMap<LocalDate, Row>> users = new TreeMap<>();

    /**
     * @param plans the plans that have prices; empty if they are not all known
     * @param faults receives the faults; the customers are valid only if there are none
     */
    CustomersFile(RatingProperties properties, Period period, Set<String> plans, ListFaults faults) {
        this.properties = properties;
        this.period = period;
        this.plans = plans;
        this.faults = faults;
    }

    Customers read(ListFile file) {
        file.each(REQUIRED, OPTIONAL, faults, this::add);
        if (faults.isEmpty() && users.isEmpty()) {
            faults.add(0, "It names no user.");
        }
        Map<String, NavigableMap<LocalDate, Membership>> members = new HashMap<>();
        users.forEach((user, rows) -> {
            NavigableMap<LocalDate, Membership> dated = new TreeMap<>();
            rows.forEach((day, row) -> dated.put(day, new Membership(row.customer, row.plan)));
            members.put(user, dated);
        });
        Set<Row> onLastDay = users.values().stream()
                .map(dated -> dated.floorEntry(period.to().minusDays(1)))
                .filter(Objects::nonNull)
                .map(Map.Entry::getValue)
                .collect(Collectors.toSet());
        Map<String, Terms> terms = new HashMap<>();
        rowsOfPeriod().forEach((customer, rows) -> terms.put(customer, terms(customer, rows, onLastDay)));
        return new CustomerList(members, terms);
    }

    /** Returns the plans that customers use in the period. */
    Set<String> plansInUse() {
        return rowsOfPeriod().values().stream()
                .flatMap(List::stream)
                .map(Row::plan)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void add(ListRow row) {
        int before = faults.size();
        String user = row.required("user_id");
        String customer = row.required("customer");
        String plan = row.required("plan");
        if (plan != null && !plans.isEmpty() && !plans.contains(plan)) {
            faults.add(row.line(), "the price list has no plan " + plan + "; it has " + String.join(", ", plans) + ".");
        }
        Currency currency = currency(row);
        BigDecimal minimum = row.plainNumber("minimum");
        if (minimum != null && currency != null && minimum.scale() > digits(currency)) {
            faults.add(
                    row.line(), "minimum = " + minimum.toPlainString() + ": has more decimals than " + currency + ".");
        }
        BigDecimal included = row.plainNumber("included_minutes");
        LocalDate validFrom = row.from("valid_from");
        if (user != null && customer != null && plan != null && currency != null && faults.size() == before) {
            Row read = new Row(row.line(), customer, plan, currency, included, minimum, validFrom);
            Row same = users.computeIfAbsent(user, id -> new TreeMap<>()).putIfAbsent(read.validFrom, read);
            if (same != null) {
                faults.add(
                        row.line(),
                        "overlaps line " + same.line + ": both say who pays for " + user + from(read) + ".");
            }
        }
    }

    private static String from(Row row) {
        return row.validFrom.equals(LocalDate.MIN) ? "" : " from " + row.validFrom;
    }

    private @Nullable Currency currency(ListRow row) {
        String code = row.text("currency");
        if (code.isEmpty()) {
            if (properties.currency() == null) {
                faults.add(row.line(), "currency is empty, and there is no export.rating.currency.");
            }
            return properties.currency();
        }
        try {
            Currency currency = Currency.getInstance(code);
            if (digits(currency) >= 0) {
                return currency;
            }
        } catch (IllegalArgumentException e) {
            // Reported below, like a currency without amounts.
        }
        faults.add(
                row.line(), "currency = " + code + ": must be a currency that amounts can be written in, such as EUR.");
        return null;
    }

    private static int digits(Currency currency) {
        return currency.getDefaultFractionDigits();
    }

    /** Returns the rows that are valid on any day of the period, by customer, in the order of their lines. */
    private Map<String, List<Row>> rowsOfPeriod() {
        LocalDate last = period.to().minusDays(1);
        return users.values().stream()
                .flatMap(dated -> {
                    LocalDate first = Objects.requireNonNullElse(dated.floorKey(period.from()), period.from());
                    return dated.subMap(first, true, last, true).values().stream();
                })
                .sorted(Comparator.comparingInt(Row::line))
                .collect(Collectors.groupingBy(Row::customer, TreeMap::new, Collectors.toList()));
    }

    /**
     * Returns the terms in the customer's rows that are valid on the period's last day; where there are none, in its
     * newest rows.
     */
    private Terms terms(String customer, List<Row> rows, Set<Row> onLastDay) {
        List<Row> current = rows.stream().filter(onLastDay::contains).toList();
        if (current.isEmpty()) {
            LocalDate newest =
                    rows.stream().map(Row::validFrom).max(LocalDate::compareTo).orElseThrow();
            current = rows.stream().filter(row -> row.validFrom.equals(newest)).toList();
        }
        Currency currency = Objects.requireNonNull(agreed(customer, "currency", rows, Row::currency));
        BigDecimal included = agreed(customer, "included_minutes", current, Row::included);
        BigDecimal minimum = agreed(customer, "minimum", current, Row::minimum);
        if (minimum == null && properties.minimum().signum() > 0 && !currency.equals(properties.currency())) {
            faults.add(
                    current.get(0).line,
                    "minimum is empty, and export.rating.minimum is in another currency: give it in " + currency + ".");
        }
        return new Terms(
                currency,
                included == null ? BigDecimal.ZERO : included.multiply(SECONDS_OF_MINUTE),
                properties.rounded(minimum == null ? properties.minimum() : minimum, currency));
    }

    private <T> @Nullable T agreed(String customer, String column, List<Row> rows, Function<Row, @Nullable T> value) {
        Row said = null;
        T agreed = null;
        for (Row row : rows) {
            T each = value.apply(row);
            if (each != null && said != null && !each.equals(agreed)) {
                faults.add(
                        row.line,
                        "%s of %s is %s here and %s in line %d: it must be the same in all rows of a customer."
                                .formatted(column, customer, each, agreed, said.line));
            } else if (each != null && said == null) {
                said = row;
                agreed = each;
            }
        }
        return agreed;
    }

    private record Row(
            int line,
            String customer,
            String plan,
            Currency currency,
            @Nullable BigDecimal included,
            @Nullable BigDecimal minimum,
            LocalDate validFrom) {}
}
