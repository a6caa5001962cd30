package dev.billingexport.report.table;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;

import dev.billingexport.session.AppType;
import dev.billingexport.session.Period;
import dev.billingexport.session.Session;
import dev.billingexport.session.SessionUsage;
import dev.billingexport.session.Usage;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The figures of users, days and applications, added up in one pass over the sessions. Holds a few values for each user
 * and day, and no session. Thread-safe for reading once all sessions are added.
 */
public final class UsageSummary {

    static final int LARGEST = 10;

    private final Map<String, String> userNames = new HashMap<>();
    private final SortedMap<UserKey, Usage> users =
            new TreeMap<>(comparing(UserKey::userId).thenComparing(UserKey::appType));
    private final SortedMap<DayKey, Usage> days =
            new TreeMap<>(comparing(DayKey::day, nullsFirst(naturalOrder())).thenComparing(DayKey::appType));
    private final Map<AppType, Usage> applications = new EnumMap<>(AppType.class);

    private final Period period;

    UsageSummary(Period period) {
        this.period = period;
    }

    /** Adds up a stream of sessions. Reads it to its end and doesn't close it. */
    static UsageSummary of(Stream<SessionUsage> sessions, Period period) {
        UsageSummary summary = new UsageSummary(period);
        sessions.forEachOrdered(session -> summary.add(session.session(), session.usage()));
        return summary;
    }

    void add(Session session, Usage usage) {
        String userId = Objects.requireNonNullElse(session.userId(), "");
        String userName = session.userName();
        // Sessions without a user id may have different users, so none of their names may stand for all.
        if (!userId.isEmpty() && userName != null && !userName.isBlank()) {
            userNames.put(userId, userName);
        }
        Instant date = session.date();
        LocalDate day = date == null ? null : period.day(date);
        users.merge(new UserKey(userId, session.appType()), usage, Usage::plus);
        days.merge(new DayKey(day, session.appType()), usage, Usage::plus);
        applications.merge(session.appType(), usage, Usage::plus);
    }

    /** Returns the usage by user id and application. */
    Stream<UserUsage> users() {
        return users.entrySet().stream().map(entry -> {
            UserKey user = entry.getKey();
            return new UserUsage(user.userId(), userNames.get(user.userId()), user.appType(), entry.getValue());
        });
    }

    /** Returns the last name given for a user; null where there was none. */
    @Nullable
    String userName(String userId) {
        return userNames.get(userId);
    }

    /** Returns one usage for each user over all applications, including the sessions without a user. */
    public Stream<UserUsage> usersOfAll() {
        return usersById().sorted(UserUsage.LARGEST_FIRST);
    }

    /** As {@link #usersOfAll()}, sorted by id. */
    public Stream<UserUsage> usersById() {
        SortedMap<String, UserUsage> all = new TreeMap<>();
        users().forEach(user -> all.merge(user.userId(), user, UserUsage::plus));
        return all.values().stream();
    }

    /**
     * Returns the ten users with the most minutes over all applications, the largest first. Users without minutes are
     * left out.
     */
    List<UserUsage> largestUsers() {
        return usersOfAll()
                .filter(user -> !user.userId().isEmpty())
                .filter(user -> user.usage().sessionMinutes().signum() > 0)
                .limit(LARGEST)
                .toList();
    }

    Usage usage(LocalDate day, AppType appType) {
        return days.getOrDefault(new DayKey(day, appType), Usage.NONE);
    }

    /** Returns the usage by day and application. */
    Stream<DayUsage> days() {
        return days.entrySet().stream()
                .map(entry -> new DayUsage(entry.getKey().day(), entry.getKey().appType(), entry.getValue()));
    }

    public Usage usage(AppType appType) {
        return applications.getOrDefault(appType, Usage.NONE);
    }

    public Usage total() {
        return applications.values().stream().reduce(Usage.NONE, Usage::plus);
    }

    /** Returns the number of users of an application, without sessions without a user. */
    long userCount(AppType appType) {
        return users.keySet().stream()
                .filter(user -> user.appType() == appType && !user.userId().isEmpty())
                .count();
    }

    /** Returns the number of users over all applications. */
    long userCount() {
        return users.keySet().stream()
                .map(UserKey::userId)
                .filter(userId -> !userId.isEmpty())
                .distinct()
                .count();
    }

    private record UserKey(String userId, AppType appType) {}

    private record DayKey(@Nullable LocalDate day, AppType appType) {}
}
