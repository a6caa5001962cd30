package dev.billingexport.report.rating;

import dev.billingexport.session.AppType;
import dev.billingexport.session.Period;
import dev.billingexport.session.Session;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What usage of one period costs whom: prices, customers and how amounts are rounded, all of it checked. Immutable and
 * safe for many threads.
 */
public final class Tariff {

    private static final BigDecimal SECONDS_OF_MINUTE = BigDecimal.valueOf(60);

    private final RatingProperties properties;
    private final Period period;
    private final PriceList prices;
    private final Customers customers;
    private final Map<Path, String> fingerprints;

    /** @param fingerprints SHA-256 of the lists that it was read from, by their paths */
    Tariff(
            RatingProperties properties,
            Period period,
            PriceList prices,
            Customers customers,
            Map<Path, String> fingerprints) {
        this.properties = properties;
        this.period = period;
        this.prices = prices;
        this.customers = customers;
        this.fingerprints = fingerprints;
    }

    /**
     * The tariff that the properties describe. It reads the lists that they name, once.
     *
     * @param appTypes those that are collected
     * @return empty where nothing is rated
     * @throws ListException if a list can't be used for the period, with every fault and its line
     */
    public static Optional<Tariff> of(RatingProperties properties, Period period, Collection<AppType> appTypes) {
        return properties.priceList() == null
                ? Optional.ofNullable(properties.currency()).map(currency -> flat(properties, currency, period))
                : Optional.of(new TariffFiles(properties, period, appTypes)
                        .read(properties.priceList(), properties.customers()));
    }

    private static Tariff flat(RatingProperties properties, Currency currency, Period period) {
        Increment increment = properties.roundUpTo().increment();
        List<Schedule> schedules = new ArrayList<>();
        for (AppType appType : AppType.values()) {
            RatingProperties.Prices ofType = properties.of(appType);
            schedules.add(Schedule.flat("", Item.PARTICIPANT_MINUTES, appType, increment, ofType.participantMinute()));
            schedules.add(Schedule.flat("", Item.RECORDED_MINUTES, appType, increment, ofType.recordedMinute()));
        }
        Customers users = Customers.EachUser.of("", properties, currency);
        return new Tariff(properties, period, new PriceList(schedules), users, Map.of());
    }

    /** What it was made of. */
    public RatingProperties properties() {
        return properties;
    }

    /** SHA-256 of the lists' bytes as they were read, lower-case hex, by the paths of the properties. */
    public Map<Path, String> fingerprints() {
        return fingerprints;
    }

    /** Whether there is a price list, and with it customers, plans and tiers. */
    public boolean isListed() {
        return properties.priceList() != null;
    }

    /** Whether any price depends on how much is used. */
    public boolean hasTiers() {
        return prices.all().anyMatch(schedule -> schedule.tiers().size() > 1);
    }

    /** Whether minutes are included for anybody. */
    public boolean hasIncluded() {
        return customers.all().anyMatch(terms -> terms.includedSeconds().signum() > 0);
    }

    /** Whether there is a least amount for anybody. */
    public boolean hasMinimum() {
        return customers.all().anyMatch(terms -> terms.minimum().signum() > 0);
    }

    /**
     * The same without a least amount, for sessions that are not all that anybody had.
     *
     * @throws IllegalStateException where there is a price list: its tiers are of all that a customer used
     */
    public Tariff withoutMinimum() {
        if (isListed() || properties.currency() == null) {
            throw new IllegalStateException("A price list is for all that a customer used.");
        }
        return flat(properties.withoutMinimum(), properties.currency(), period);
    }

    /** Whether somebody pays for a user who used something on that day or later. */
    public boolean isAssigned(String userId, LocalDate day) {
        return customers.of(userId, day).isPresent();
    }

    /** The day of use that decides prices: the session's own, as in the table of days, within the period. */
    LocalDate day(Session session) {
        Instant date = session.date();
        LocalDate day = date == null ? period.from() : period.day(date);
        LocalDate last = period.to().minusDays(1);
        return day.isBefore(period.from()) ? period.from() : day.isAfter(last) ? last : day;
    }

    Customers customers() {
        return customers;
    }

    PriceList prices() {
        return prices;
    }

    /** Seconds times a minute's price, rounded once. */
    BigDecimal amount(BigDecimal seconds, BigDecimal price, Currency currency) {
        return seconds.multiply(price)
                .divide(
                        SECONDS_OF_MINUTE,
                        currency.getDefaultFractionDigits(),
                        properties.amountRounding().mode());
    }
}
