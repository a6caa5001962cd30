package dev.billingexport.report;

import dev.billingexport.session.AppType;
import dev.billingexport.session.Usage;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The figures of a summary, added up anew from the rows of delivered tables. */
final class SummaryTally {

    private static final String TOTAL = "";

    /** By column and application, or {@link #TOTAL}. */
    private final Map<String, Map<String, BigDecimal>> sums = new TreeMap<>();

    private final Map<String, Set<String>> users = new TreeMap<>();
    private final Map<String, BigDecimal> minutesOfUsers = new TreeMap<>();
    private final Map<String, BigDecimal> minutesOfDays = new TreeMap<>();
    /** What is only counted: by the table, and by the kind that the rows name. */
    private final Map<String, Map<String, BigDecimal>> counts = new TreeMap<>();

    /**
     * Adds a row.
     *
     * @param row its values by column, as CSV files have them or in the form of {@link DeliveredCell}
     */
    void add(String table, UnaryOperator<String> row) {
        switch (table) {
            case "days" -> {
                String appType = row.apply("app_type");
                for (Column<Usage> figure : Tables.FIGURES) {
                    plus(figure.name(), appType, row.apply(figure.name()));
                }
                plus(minutesOfDays, row.apply("day") + " " + appType, row.apply("session_minutes"));
            }
            case "users" -> {
                String user = row.apply("user_id");
                if (!user.isEmpty()) {
                    String key = own(user, users.computeIfAbsent(row.apply("app_type"), any -> new HashSet<>()));
                    plus(minutesOfUsers, key, row.apply("session_minutes"));
                }
            }
            case "charges" -> plus("amount", row.apply("app_type"), row.apply("amount"));
            case "problems" -> count(table, "");
            case "amendments" -> count(table, row.apply("change"));
            case "reconciliation" -> count(table, row.apply("finding"));
            case "sessions" ->
                DeliveredReport.DATES.stream()
                        .map(row)
                        .filter(time -> !time.isEmpty())
                        .findFirst()
                        .ifPresent(this::addTime);
            default -> {}
        }
    }

    /** A file has lost what tells some ids apart, but not that they are two. */
    private static String own(String user, Set<String> known) {
        String key = user;
        while (!known.add(key)) {
            key += "\uFFFD";
        }
        return key;
    }

    private void plus(String column, String appType, String value) {
        Map<String, BigDecimal> sum = sums.computeIfAbsent(column, any -> new TreeMap<>());
        plus(sum, TOTAL, value);
        if (!appType.isEmpty()) {
            plus(sum, appType, value);
        }
    }

    private static void plus(Map<String, BigDecimal> sum, String key, String value) {
        sum.merge(key, DeliveredCell.figure(value), BigDecimal::add);
    }

    private void count(String table, String kind) {
        counts.computeIfAbsent(table, any -> new TreeMap<>()).merge(kind, BigDecimal.ONE, BigDecimal::add);
    }

    /** The clock that the files show is the export's own. */
    private void addTime(String time) {
        int day = time.indexOf('T');
        if (day > 0) {
            count("hours", time.substring(day + 1, day + 3));
            count(
                    "weekdays",
                    LocalDate.parse(time.substring(0, day)).getDayOfWeek().name());
        }
    }

    /** The tiles, then each figure by application and in all, then each count of what somebody has to look at. */
    List<List<BigDecimal>> rows(Collection<AppType> appTypes) {
        List<List<BigDecimal>> rows = new ArrayList<>();
        rows.add(Tile.of(total(), new Wording(Language.EN)).stream()
                .map(Tile::value)
                .toList());
        rows.add(Stream.concat(appTypes.stream().map(this::userCount), Stream.of(userCount()))
                .map(BigDecimal::valueOf)
                .toList());
        for (Column<Usage> figure : Tables.FIGURES) {
            rows.add(figures(figure.name(), appTypes));
        }
        if (sums.containsKey("amount")) {
            rows.add(figures("amount", appTypes));
        }
        rows.addAll(counts("problems", Stream.of("")));
        rows.addAll(counts("amendments", Stream.of(Amendment.Change.values()).map(Amendment.Change::code)));
        rows.addAll(counts("reconciliation", Stream.of(Finding.Kind.values()).map(Finding.Kind::code)));
        return rows;
    }

    /** What charts show: days by application, users over all of them, how often each hour and weekday had a session. */
    Collection<BigDecimal> charted() {
        return Stream.of(
                        minutesOfDays,
                        minutesOfUsers,
                        counted("hours"),
                        counted("weekdays"),
                        Map.of("", BigDecimal.ZERO))
                .flatMap(figures -> figures.values().stream())
                .collect(Collectors.toSet());
    }

    private Usage total() {
        return new Usage(
                sum("sessions", TOTAL).longValue(),
                sum("session_minutes", TOTAL),
                sum("call_details", TOTAL).longValue(),
                sum("call_detail_minutes", TOTAL),
                sum("recordings", TOTAL).longValue(),
                sum("recorded_seconds", TOTAL),
                sum("recorded_bytes", TOTAL));
    }

    private BigDecimal sum(String column, String appType) {
        return sums.getOrDefault(column, Map.of()).getOrDefault(appType, BigDecimal.ZERO);
    }

    private List<BigDecimal> figures(String column, Collection<AppType> appTypes) {
        return Stream.concat(appTypes.stream().map(AppType::code), Stream.of(TOTAL))
                .map(appType -> sum(column, appType))
                .toList();
    }

    private long userCount(AppType appType) {
        return users.getOrDefault(appType.code(), Set.of()).size();
    }

    private long userCount() {
        return users.values().stream().flatMap(Set::stream).distinct().count();
    }

    private Map<String, BigDecimal> counted(String table) {
        return counts.getOrDefault(table, Map.of());
    }

    private List<List<BigDecimal>> counts(String table, Stream<String> kinds) {
        return kinds.map(counted(table)::get)
                .filter(Objects::nonNull)
                .map(List::of)
                .toList();
    }
}
