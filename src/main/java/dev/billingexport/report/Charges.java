package dev.billingexport.report;

import dev.billingexport.session.AppType;
import dev.billingexport.session.Session;
import dev.billingexport.session.SessionDetails;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What each user is charged. It holds two sums for each user and application. Once all sessions are added it is safe to
 * read from many threads.
 */
final class Charges {

    private final Rating rating;
    private final SortedMap<String, SortedMap<AppType, Seconds>> users = new TreeMap<>();

    Charges(Rating rating) {
        this.rating = rating;
    }

    Rating rating() {
        return rating;
    }

    void add(SessionDetails details) {
        Session session = details.session();
        Seconds seconds = new Seconds(
                sum(rating.charged(details.callDetails()), rating::seconds),
                sum(details.recordings(), rating::seconds));
        users.computeIfAbsent(Objects.requireNonNullElse(session.userId(), ""), user -> new TreeMap<>())
                .merge(session.appType(), seconds, Seconds::plus);
    }

    private static <T> BigDecimal sum(List<T> rows, Function<T, BigDecimal> seconds) {
        return rows.stream().map(seconds).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** By user, application and item; the minimum, which has no application, is a user's first. */
    Stream<Charge> rows(UnaryOperator<@Nullable String> userName) {
        return users.entrySet().stream().flatMap(user -> {
            String userId = user.getKey();
            return charges(userId, userName.apply(userId), user.getValue()).stream();
        });
    }

    BigDecimal total() {
        return rows(userId -> null).map(Charge::amount).reduce(zero(), BigDecimal::add);
    }

    /** What one application's minutes cost, minimums left aside. */
    BigDecimal total(AppType appType) {
        return rows(userId -> null)
                .filter(charge -> charge.appType() == appType)
                .map(Charge::amount)
                .reduce(zero(), BigDecimal::add);
    }

    private List<Charge> charges(String userId, @Nullable String userName, SortedMap<AppType, Seconds> usage) {
        List<Charge> charges = new ArrayList<>();
        usage.forEach((appType, seconds) -> {
            RatingProperties.Prices prices = rating.properties().of(appType);
            Bill bill = new Bill(userId, userName, appType);
            bill.put(Charge.Item.PARTICIPANT_MINUTES, seconds.participant, prices.participantMinute(), charges);
            bill.put(Charge.Item.RECORDED_MINUTES, seconds.recorded, prices.recordedMinute(), charges);
        });
        BigDecimal sum = charges.stream().map(Charge::amount).reduce(zero(), BigDecimal::add);
        BigDecimal topUp = rating.topUp(sum);
        // Sessions that name no user are nobody's bill.
        if (topUp != null && !userId.isEmpty()) {
            charges.add(
                    0, new Charge(userId, userName, null, Charge.Item.MINIMUM, null, null, topUp, rating.currency()));
        }
        return charges;
    }

    private BigDecimal zero() {
        return BigDecimal.ZERO.setScale(rating.digits());
    }

    private final class Bill {

        private final String userId;
        private final @Nullable String userName;
        private final AppType appType;

        Bill(String userId, @Nullable String userName, AppType appType) {
            this.userId = userId;
            this.userName = userName;
            this.appType = appType;
        }

        void put(Charge.Item item, BigDecimal seconds, BigDecimal price, List<Charge> charges) {
            if (seconds.signum() != 0) {
                charges.add(new Charge(
                        userId,
                        userName,
                        appType,
                        item,
                        rating.minutes(seconds),
                        price,
                        rating.amount(seconds, price),
                        rating.currency()));
            }
        }
    }

    private record Seconds(BigDecimal participant, BigDecimal recorded) {

        Seconds plus(Seconds other) {
            return new Seconds(participant.add(other.participant), recorded.add(other.recorded));
        }
    }
}
