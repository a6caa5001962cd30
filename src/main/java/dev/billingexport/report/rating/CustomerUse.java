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

/** All that one customer used, added up by what decides its price and by who used it. */
final class CustomerUse {

    /** What the tiers of one price count together: the applications of its rows. */
    private record Pool(Item item, @Nullable AppType appType, String plan) {

        static final Comparator<Pool> ORDER = comparing(Pool::item)
                .thenComparing(Pool::appType, nullsFirst(naturalOrder()))
                .thenComparing(Pool::plan);
    }

    /** Takes what each user used of each application, under each price. */
    interface Reader {

        /** What follows is counted together, and apart from what came before. */
        void beginPool();

        void read(Schedule schedule, String userId, AppType appType, TimeUsed time);
    }

    private record User(String userId, AppType appType) {

        static final Comparator<User> ORDER = comparing(User::userId).thenComparing(User::appType);
    }

    /** Under one price, which holds from a day on. */
    private record Dated(Schedule schedule, SortedMap<User, TimeUsed> users) {}

    private final SortedSet<String> userIds = new TreeSet<>();
    private final SortedMap<Pool, SortedMap<LocalDate, Dated>> pools = new TreeMap<>(Pool.ORDER);

    /** Enters that a user had a session, whatever it costs. */
    void add(String userId) {
        userIds.add(userId);
    }

    /** Those who had any session. */
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

    /** By item and application, then by the day from which the price holds, then by user. */
    void read(Reader reader) {
        for (SortedMap<LocalDate, Dated> dated : pools.values()) {
            reader.beginPool();
            for (Dated use : dated.values()) {
                use.users.forEach((user, time) -> reader.read(use.schedule, user.userId, user.appType, time));
            }
        }
    }
}
