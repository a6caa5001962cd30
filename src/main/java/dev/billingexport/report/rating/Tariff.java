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

/** The tariff of one period: prices, customers and rounding, all checked. Immutable and thread-safe. */
public final class Tariff {

    private static final BigDecimal SECONDS_OF_MINUTE = BigDecimal.valueOf(60);

    private final RatingProperties properties;
    private final Period period;
    private final PriceList prices;
    private final Customers customers;
    private final Map<Path, String> fingerprints;

    /** @param fingerprints SHA-256 of the lists that it was read from, by path */
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
     * Returns the tariff of the properties. Reads their lists once.
     *
     * @param appTypes the collected applications
     * @return empty where rating is off
     * @throws ListException if a list can't be used for the period; the message has a line for each fault
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

    /** Returns the properties that it was made from. */
    public RatingProperties properties() {
        return properties;
    }

    /** Returns the SHA-256 of the lists as they were read, lower-case hexadecimal, by the paths in the properties. */
    public Map<Path, String> fingerprints() {
        return fingerprints;
    }

    /** Returns whether there is a price list, and with it customers, plans and tiers. */
    public boolean isListed() {
        return properties.priceList() != null;
    }

    /** Returns whether any price depends on the amount of usage. */
    public boolean hasTiers() {
        return prices.all().anyMatch(schedule -> schedule.tiers().size() > 1);
    }

    /** Returns whether any customer has included minutes. */
    public boolean hasIncluded() {
        return customers.all().anyMatch(terms -> terms.includedSeconds().signum() > 0);
    }

    /** Returns whether any customer has a least amount. */
    public boolean hasMinimum() {
        return customers.all().anyMatch(terms -> terms.minimum().signum() > 0);
    }

    /**
     * Returns the same tariff without least amounts, for a part of the customers' sessions.
     *
     * @throws IllegalStateException if there is a price list: its tiers count all usage of a customer
     */
    public Tariff withoutMinimum() {
        if (isListed() || properties.currency() == null) {
            throw new IllegalStateException("A price list is for all that a customer used.");
        }
        return flat(properties.withoutMinimum(), properties.currency(), period);
    }

    /** Returns whether a user with usage on that day or later belongs to a customer. */
    public boolean isAssigned(String userId, LocalDate day) {
        return customers.of(userId, day).isPresent();
    }

    /** Returns the day that decides the price: the session's day within the period, as in the table of days. */
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

    /** Multiplies seconds with the price of a minute; rounds once. */
    BigDecimal amount(BigDecimal seconds, BigDecimal price, Currency currency) {
        return seconds.multiply(price)
                .divide(
                        SECONDS_OF_MINUTE,
                        currency.getDefaultFractionDigits(),
                        properties.amountRounding().mode());
    }
}
