package dev.billingexport.report.rating;

import dev.billingexport.session.AppType;
import dev.billingexport.session.Session;
import dev.billingexport.session.SessionDetails;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Distributes the charges over the days, in a second pass over the sessions. A day gets a share of an application's
 * charges in proportion to its usage; with tiers or included minutes, the customer's average price of a minute is used.
 * Shares are rounded so that they add up to the charges without minimums, which belong to no day. Not thread-safe.
 */
public final class DailyCharges {

    private record Column(AppType appType, Currency currency) {}

    private record Sum(BigDecimal amount, BigDecimal seconds) {

        Sum plus(Sum other) {
            return new Sum(amount.add(other.amount), seconds.add(other.seconds));
        }
    }

    private final Charges charges;
    private final Map<String, Map<Schedule, BigDecimal>> averagePrices = new HashMap<>();
    private final Map<Column, TreeMap<LocalDate, BigDecimal>> costs = new HashMap<>();

    /** @param charges charges of all sessions */
    public DailyCharges(Charges charges) {
        this.charges = charges;
    }

    /** Adds one of the sessions that the charges were computed from. */
    public void add(SessionDetails details) {
        Session session = details.session();
        Tariff tariff = charges.tariff();
        String userId = Objects.requireNonNullElse(session.userId(), "");
        LocalDate day = tariff.day(session);
        tariff.customers().of(userId, day).ifPresent(membership -> {
            String customer = membership.customer();
            Currency currency = tariff.customers().terms(customer).currency();
            Use.each(
                    details,
                    use -> tariff.prices()
                            .on(day, membership.plan(), use.item(), session.appType())
                            .ifPresent(schedule -> {
                                BigDecimal counted = schedule.increment().counted(use.seconds());
                                costs.computeIfAbsent(
                                                new Column(session.appType(), currency), column -> new TreeMap<>())
                                        .merge(day, counted.multiply(price(customer, schedule)), BigDecimal::add);
                            }));
        });
    }

    /** Returns the average price of a minute. */
    private BigDecimal price(String customer, Schedule schedule) {
        boolean isOne = schedule.tiers().size() == 1
                && charges.tariff()
                                .customers()
                                .terms(customer)
                                .includedSeconds()
                                .signum()
                        == 0;
        return isOne
                ? schedule.tiers().get(0).price()
                : averagePrices.computeIfAbsent(customer, this::averagePrices).getOrDefault(schedule, BigDecimal.ZERO);
    }

    private Map<Schedule, BigDecimal> averagePrices(String customer) {
        Map<Schedule, Sum> sums = new IdentityHashMap<>();
        BigDecimal included = charges.tariff().customers().terms(customer).includedSeconds();
        charges.use(customer).read(new TierCount(included, (schedule, userId, appType, tier, part) -> {
            BigDecimal price = tier == null ? BigDecimal.ZERO : tier.price();
            sums.merge(schedule, new Sum(part.counted().multiply(price), part.counted()), Sum::plus);
        }));
        Map<Schedule, BigDecimal> prices = new IdentityHashMap<>();
        sums.forEach((schedule, sum) -> prices.put(schedule, sum.amount.divide(sum.seconds, MathContext.DECIMAL64)));
        return prices;
    }

    /**
     * Returns the share of each day and application.
     *
     * @param totals sums of the same charges
     */
    public Map<LocalDate, Map<AppType, Amounts>> shares(ChargeTotals totals) {
        Map<LocalDate, Map<AppType, Amounts>> shares = new TreeMap<>();
        costs.forEach((column, days) -> {
            BigDecimal charged = totals.of(column.appType).in(column.currency);
            BigDecimal cost = days.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
            BigDecimal sum = BigDecimal.ZERO;
            BigDecimal before = BigDecimal.ZERO.setScale(charged.scale());
            for (Map.Entry<LocalDate, BigDecimal> day : days.entrySet()) {
                sum = sum.add(day.getValue());
                BigDecimal until = cost.signum() == 0
                        ? before
                        : charged.multiply(sum).divide(cost, charged.scale(), RoundingMode.HALF_EVEN);
                shares.computeIfAbsent(day.getKey(), key -> new TreeMap<>(Comparator.naturalOrder()))
                        .merge(column.appType, Amounts.of(column.currency, until.subtract(before)), Amounts::plus);
                before = until;
            }
        });
        return shares;
    }
}
