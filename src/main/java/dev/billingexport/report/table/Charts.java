package dev.billingexport.report.table;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The charts of a summary. */
public record Charts(ReportHead head, Figures figures, Wording wording) {

    /** Session minutes of each day of the period by application; empty where no session has any. */
    public Chart<LocalDate> days() {
        String title = wording.text("chart.days");
        UsageSummary usage = figures.usage();
        if (usage.total().sessionMinutes().signum() <= 0) {
            return Chart.empty(title);
        }
        List<LocalDate> days =
                head.period().from().datesUntil(head.period().to()).toList();
        return new Chart<>(
                title,
                days,
                head.appTypes().stream()
                        .map(appType -> new Chart.Series(
                                wording.name(appType),
                                days.stream()
                                        .map(day -> usage.usage(day, appType).sessionMinutes())
                                        .toList()))
                        .toList());
    }

    /** Session minutes of the largest users; empty where no user has any. */
    public Chart<String> users() {
        String title = wording.text("chart.users");
        List<UserUsage> largest = figures.usage().largestUsers();
        if (largest.isEmpty()) {
            return Chart.empty(title);
        }
        return Chart.of(
                title,
                largest.stream().map(UserUsage::label).toList(),
                wording.text("chart.minutes"),
                largest.stream().map(user -> user.usage().sessionMinutes()).toList());
    }

    /** Number of sessions at each hour of the day. */
    public Chart<String> hours() {
        return counts(
                wording.text("chart.hours", Wording.zone(head.period().zone())),
                IntStream.range(0, HourlyProfile.HOURS).mapToObj(String::valueOf),
                IntStream.range(0, HourlyProfile.HOURS).mapToObj(figures.profile()::atHour));
    }

    /** Number of sessions on each day of the week. */
    public Chart<String> weekdays() {
        return counts(
                wording.text("chart.weekdays"),
                Stream.of(DayOfWeek.values()).map(weekday -> wording.text("weekday." + weekday.getValue())),
                Stream.of(DayOfWeek.values()).map(figures.profile()::on));
    }

    private Chart<String> counts(String title, Stream<String> labels, Stream<Long> counts) {
        List<BigDecimal> values = counts.map(BigDecimal::valueOf).toList();
        return Chart.of(title, labels.toList(), wording.text("column.sessions"), values);
    }
}
