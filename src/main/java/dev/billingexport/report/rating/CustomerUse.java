package dev.billingexport.report.rating;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;

import dev.billingexport.session.AppType;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The usage of one customer, added up by price and user. */
final class CustomerUse {

    /** Usage that the tiers of a price count together: that of the price's applications. */
    private record Pool(Item item, @Nullable AppType appType, String plan) {

        static final Comparator<Pool> ORDER = comparing(Pool::item)
                .thenComparing(Pool::appType, nullsFirst(naturalOrder()))
                .thenComparing(Pool::plan);
    }

    /** Receives each user's usage of each application under each price. */
    interface Reader {

        /** Begins a group that is counted together, apart from the groups before. */
        void beginPool();

        void read(Schedule schedule, String userId, AppType appType, TimeUsed time);
    }

    private record User(String userId, AppType appType) {

        static final Comparator<User> ORDER = comparing(User::userId).thenComparing(User::appType);
    }

    /** The usage under one price, which is valid from a day on. */
    private record Dated(Schedule schedule, SortedMap<User, TimeUsed> users) {}

    private final SortedSet<String> userIds = new TreeSet<>();
    private final SortedMap<Pool, SortedMap<LocalDate, Dated>> pools = new TreeMap<>(Pool.ORDER);

    /** Records that a user had a session, whatever it costs. */
    void add(String userId) {
        userIds.add(userId);
    }

    /** Returns the users with sessions. */
    SortedSet<String> userIds() {
        return userIds;
    }

    void add(Schedule schedule, String userId, AppType appType, BigDecimal seconds) {
        TimeUsed time = new TimeUsed(seconds, schedule.increment().counted(seconds));
        pools.computeIfAbsent(new Pool(schedule.item(), schedule.appType(), schedule.plan()), pool -> new TreeMap<>())
                .computeIfAbsent(schedule.validFrom(), day -> new Dated(schedule, new TreeMap<>(User.ORDER)))
                .users
                .merge(new User(userId, appType), time, TimeUsed::plus);
    }

    /** Passes on the usage by item and application, then by the day from which the price is valid, then by user. */
    void read(Reader reader) {
        for (SortedMap<LocalDate, Dated> dated : pools.values()) {
            reader.beginPool();
            for (Dated use : dated.values()) {
                use.users.forEach((user, time) -> reader.read(use.schedule, user.userId, user.appType, time));
            }
        }
    }
}
