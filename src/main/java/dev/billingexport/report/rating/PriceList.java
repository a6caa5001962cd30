package dev.billingexport.report.rating;

import dev.billingexport.session.AppType;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The prices of all plans. Immutable and thread-safe. */
final class PriceList {

    private final Map<Key, NavigableMap<LocalDate, Schedule>> schedules = new HashMap<>();
    private final Set<String> plans = new TreeSet<>();

    PriceList(Collection<Schedule> all) {
        for (Schedule schedule : all) {
            plans.add(schedule.plan());
            schedules
                    .computeIfAbsent(
                            new Key(schedule.plan(), schedule.item(), schedule.appType()), key -> new TreeMap<>())
                    .put(schedule.validFrom(), schedule);
        }
    }

    Set<String> plans() {
        return plans;
    }

    /** Returns the price on a day: the newest valid price of the application itself, else that for all applications. */
    Optional<Schedule> on(LocalDate day, String plan, Item item, AppType appType) {
        Schedule own = newest(day, new Key(plan, item, appType));
        return Optional.ofNullable(own != null ? own : newest(day, new Key(plan, item, null)));
    }

    Stream<Schedule> all() {
        return schedules.values().stream().flatMap(dated -> dated.values().stream());
    }

    /** Returns the earliest price; empty where the plan never has one. */
    Optional<Schedule> first(String plan, Item item, AppType appType) {
        return Stream.of(new Key(plan, item, appType), new Key(plan, item, null))
                .map(schedules::get)
                .filter(Objects::nonNull)
                .map(dated -> dated.firstEntry().getValue())
                .min(Comparator.comparing(Schedule::validFrom));
    }

    private @Nullable Schedule newest(LocalDate day, Key key) {
        NavigableMap<LocalDate, Schedule> dated = schedules.get(key);
        Map.Entry<LocalDate, Schedule> entry = dated == null ? null : dated.floorEntry(day);
        return entry == null ? null : entry.getValue();
    }

    private record Key(String plan, Item item, @Nullable AppType appType) {}
}
