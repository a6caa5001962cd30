package dev.billingexport.report;

import dev.billingexport.session.AppType;
import dev.billingexport.session.Usage;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
                String day = row.apply("day").replaceAll("T.*", "");
                plus(minutesOfDays, day + " " + appType, row.apply("session_minutes"));
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
            case "sessions" -> DeliveredReport.date(row).ifPresent(this::addTime);
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
            count("rhythm", "hour " + time.substring(day + 1, day + 3));
            count(
                    "rhythm",
                    LocalDate.parse(time.substring(0, day)).getDayOfWeek().name());
        }
    }

    /**
     * A row of figures.
     *
     * @param formulas what confirms each of them; empty where nothing does
     */
    record Line(List<BigDecimal> figures, List<String> formulas) {}

    /**
     * The tiles, then each figure by application and in all, then each count of what somebody has to look at.
     *
     * @param tables where the rows of each table are
     */
    List<Line> lines(Collection<AppType> appTypes, Map<String, WrittenTable> tables) {
        List<Line> lines = new ArrayList<>();
        lines.add(new Line(
                Tile.of(total(), new Wording(Language.EN)).stream()
                        .map(Tile::value)
                        .toList(),
                List.of()));
        lines.add(new Line(
                Stream.concat(appTypes.stream().map(this::userCount), Stream.of(userCount()))
                        .map(BigDecimal::valueOf)
                        .toList(),
                List.of()));
        for (Column<Usage> figure : Tables.FIGURES) {
            lines.add(new Line(
                    figures(figure.name(), appTypes), SummaryFigures.formulas(figure.name(), appTypes, tables)));
        }
        WrittenTable charges = tables.get("charges");
        if (charges != null && sums.containsKey("amount")) {
            lines.add(new Line(figures("amount", appTypes), SummaryFigures.formulas(appTypes, charges)));
        }
        lines.addAll(counts(tables.get("problems"), Stream.of(""), (table, kind) -> table.count("part")));
        lines.addAll(counts(
                tables.get("amendments"),
                Stream.of(Amendment.Change.values()).map(Amendment.Change::code),
                (table, change) -> table.countOf("change", change)));
        lines.addAll(counts(
                tables.get("reconciliation"),
                Stream.of(Finding.Kind.values()).map(Finding.Kind::code),
                (table, finding) -> table.countOf("finding", finding)));
        return lines;
    }

    private List<Line> counts(
            @Nullable WrittenTable table, Stream<String> kinds, BiFunction<WrittenTable, String, String> formula) {
        if (table == null) {
            return List.of();
        }
        Map<String, BigDecimal> counted = counted(table.table().name());
        return kinds.filter(counted::containsKey)
                .map(kind -> new Line(List.of(counted.get(kind)), List.of(formula.apply(table, kind))))
                .toList();
    }

    /** What charts show, by the column of the sheet, from the top. */
    Map<Integer, Deque<BigDecimal>> charted(ReportHead head) {
        Map<Integer, Deque<BigDecimal>> columns = new TreeMap<>();
        if (sum("sessions", TOTAL).signum() == 0) {
            return columns;
        }
        if (sum("session_minutes", TOTAL).signum() > 0) {
            int column = 1;
            for (AppType appType : head.appTypes()) {
                columns.put(
                        column++,
                        head.period()
                                .days()
                                .map(day -> minutesOfDays.getOrDefault(day + " " + appType.code(), BigDecimal.ZERO))
                                .collect(Collectors.toCollection(ArrayDeque::new)));
            }
        }
        columns.put(
                SummaryCharts.USERS,
                minutesOfUsers.values().stream()
                        .filter(minutes -> minutes.signum() > 0)
                        .sorted(Comparator.reverseOrder())
                        .limit(UsageSummary.LARGEST)
                        .collect(Collectors.toCollection(ArrayDeque::new)));
        columns.put(
                SummaryCharts.COUNTS,
                Stream.concat(
                                IntStream.range(0, Rhythm.HOURS).mapToObj(hour -> "hour %02d".formatted(hour)),
                                Stream.of(DayOfWeek.values()).map(DayOfWeek::name))
                        .map(when -> counted("rhythm").getOrDefault(when, BigDecimal.ZERO))
                        .collect(Collectors.toCollection(ArrayDeque::new)));
        return columns;
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
}
