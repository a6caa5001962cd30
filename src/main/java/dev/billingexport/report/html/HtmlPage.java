package dev.billingexport.report.html;

import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import dev.billingexport.report.table.Alerts;
import dev.billingexport.report.table.SeriesColors;
import dev.billingexport.report.table.Summary;
import dev.billingexport.report.table.UsageSummary;
import dev.billingexport.report.table.UserUsage;
import dev.billingexport.report.table.Wording;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The content of the HTML file, as text that is ready to be shown. */
record HtmlPage(Summary summary) {

    /** Limit of users, so that the file remains a summary for a mail. */
    private static final int USERS = 1_000;

    /** The values of the template, by its names. */
    record Content(
            String language,
            List<SeriesStyle> furtherSeries,
            Mustache.Lambda word,
            String title,
            List<Pair> facts,
            List<Pair> tiles,
            boolean attention,
            List<Pair> warnings,
            List<Pair> problems,
            String unknown,
            List<Pair> amendments,
            List<Pair> findings,
            List<String> columns,
            List<Row> figures,
            List<HtmlCharts.Drawn> charts,
            boolean hasUsers,
            List<String> userColumns,
            List<Row> users,
            List<String> userTotal,
            String more,
            List<String> rule) {}

    record Pair(String label, String value) {}

    record Row(String label, String note, List<String> cells) {}

    /** @param color as CSS has it */
    record SeriesStyle(int series, String color) {}

    Content content() {
        Wording wording = summary.wording();
        UsageSummary usage = summary.figures().usage();
        Alerts alerts = summary.alerts();
        HtmlUsers users = new HtmlUsers(wording, summary.figures().rated());
        List<UserUsage> all = usage.usersOfAll().toList();
        return new Content(
                wording.text("language"),
                furtherSeries(),
                (fragment, out) -> out.write(Escapers.HTML.escape(wording.text(fragment.execute()))),
                summary.title(),
                facts(),
                tiles(),
                !alerts.isEmpty(),
                alerts.warnings().stream()
                        .map(warning -> new Pair(warning.fact(), warning.advice()))
                        .toList(),
                counts(Stream.ofNullable(alerts.problems())),
                alerts.unknown(),
                counts(alerts.changes().stream()),
                counts(Stream.concat(Stream.ofNullable(alerts.texts()), alerts.findings().stream())),
                Stream.concat(summary.applications().stream(), Stream.of(wording.text("total")))
                        .toList(),
                figures(),
                new HtmlCharts(summary).charts(),
                !all.isEmpty(),
                users.columns(),
                all.stream().limit(USERS).map(users::row).toList(),
                users.total(usage.total()),
                all.size() <= USERS ? "" : wording.text("html.more", wording.whole(all.size() - USERS)),
                summary.rules());
    }

    /** Those that the template has no colours for; it has two, for light and dark screens. */
    private List<SeriesStyle> furtherSeries() {
        return IntStream.range(2, Math.max(2, summary.applications().size()))
                .mapToObj(series -> new SeriesStyle(series, "#%06x".formatted(SeriesColors.rgb(series))))
                .toList();
    }

    private List<Pair> facts() {
        return summary.facts().stream()
                .map(fact -> new Pair(
                        fact.label(),
                        fact.notes().isEmpty()
                                ? fact.value()
                                : fact.value() + " (" + String.join(" ", fact.notes()) + ")"))
                .toList();
    }

    private List<Pair> tiles() {
        return Stream.concat(summary.tiles().stream(), summary.amounts().stream())
                .map(tile -> new Pair(
                        tile.label(), summary.wording().numberOrNone(tile.value(), tile.decimals(), tile.decimals())))
                .toList();
    }

    private List<Pair> counts(Stream<Alerts.Count> counts) {
        return counts.map(count -> new Pair(count.label(), summary.wording().whole(count.count())))
                .toList();
    }

    private List<Row> figures() {
        return summary.keyFigures().stream()
                .map(figure -> new Row(
                        figure.label(),
                        "",
                        figure.values().stream()
                                .map(value -> figure.currency() == null
                                        ? number(value, figure.isDecimal(), summary.wording())
                                        : summary.wording().amount(value))
                                .toList()))
                .toList();
    }

    /** Formats a figure; with two decimals at least if it normally has a fraction. */
    static String number(BigDecimal value, boolean isDecimal, Wording wording) {
        return wording.numberOrNone(value, isDecimal ? 2 : 0, 4);
    }
}
