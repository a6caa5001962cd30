package dev.billingexport.report.html;

import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import dev.billingexport.report.rating.ChargeTotals;
import dev.billingexport.report.table.Amendment;
import dev.billingexport.report.table.Amendments;
import dev.billingexport.report.table.Column;
import dev.billingexport.report.table.Figures;
import dev.billingexport.report.table.HeadWords;
import dev.billingexport.report.table.HourlyProfile;
import dev.billingexport.report.table.Rated;
import dev.billingexport.report.table.RatingWords;
import dev.billingexport.report.table.Reconciliation;
import dev.billingexport.report.table.ReportHead;
import dev.billingexport.report.table.SeriesColors;
import dev.billingexport.report.table.Tables;
import dev.billingexport.report.table.Tile;
import dev.billingexport.report.table.UsageSummary;
import dev.billingexport.report.table.UserUsage;
import dev.billingexport.report.table.Warning;
import dev.billingexport.report.table.Wording;
import dev.billingexport.session.AppType;
import dev.billingexport.session.Usage;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The content of the HTML file, as text that is ready to be shown. */
public record HtmlPage(ReportHead head, Wording wording, Reconciliation reconciliation) {

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
            List<Chart> charts,
            boolean hasUsers,
            List<String> userColumns,
            List<Row> users,
            List<String> userTotal,
            String more,
            List<String> rule) {}

    record Pair(String label, String value) {}

    record Row(String label, String note, List<String> cells) {}

    record Chart(String title, Drawing drawing, List<Series> legend, List<String> columns, List<Row> rows) {

        boolean hasLegend() {
            return !legend.isEmpty();
        }

        boolean hasRows() {
            return !rows.isEmpty();
        }
    }

    record Series(int series, String name) {}

    /** @param color as CSS has it */
    record SeriesStyle(int series, String color) {}

    Content of(Figures figures) {
        UsageSummary usage = figures.usage();
        Amendments amendments = figures.amendments();
        List<Warning> warnings = Warning.of(head, usage);
        Rated rated = figures.rated();
        List<String> applications = head.appTypes().stream().map(wording::name).toList();
        HtmlUsers users = new HtmlUsers(wording, figures.rated());
        List<UserUsage> all = usage.usersOfAll().toList();
        return new Content(
                wording.text("language"),
                furtherSeries(),
                (fragment, out) -> out.write(Escapers.HTML.escape(wording.text(fragment.execute()))),
                wording.text("summary.title", head.period().label()),
                facts(figures.amendments()),
                tiles(figures),
                !figures.isUnsuspicious() || !warnings.isEmpty(),
                warnings.stream()
                        .map(warning -> new Pair(warning.fact(head, usage, wording), warning.advice(wording)))
                        .toList(),
                figures.problems() == 0
                        ? List.of()
                        : List.of(new Pair(wording.text("summary.problems"), wording.whole(figures.problems()))),
                amendments instanceof Amendments.Unknown ? amendments.sentence(wording) : "",
                amendments instanceof Amendments.Known known ? changes(known) : List.of(),
                findings(figures),
                Stream.concat(applications.stream(), Stream.of(wording.text("total")))
                        .toList(),
                figures(usage, figures.rated()),
                usage.total().sessions() == 0 ? List.of() : charts(figures, applications),
                !all.isEmpty(),
                users.columns(),
                all.stream().limit(USERS).map(users::row).toList(),
                users.total(usage.total()),
                all.size() <= USERS ? "" : wording.text("html.more", wording.whole(all.size() - USERS)),
                rated == null ? List.of() : new RatingWords(rated.tariff(), wording).of(head.appTypes()));
    }

    /** Those that the template has no colours for; it has two, for light and dark screens. */
    private List<SeriesStyle> furtherSeries() {
        return IntStream.range(2, Math.max(2, head.appTypes().size()))
                .mapToObj(series -> new SeriesStyle(series, "#%06x".formatted(SeriesColors.rgb(series))))
                .toList();
    }

    private List<Pair> tiles(Figures figures) {
        List<Pair> tiles = new ArrayList<>();
        for (Tile tile : Tile.of(figures.usage().total(), wording)) {
            tiles.add(new Pair(tile.label(), number(tile.value(), tile.decimals(), tile.decimals())));
        }
        Rated rated = figures.rated();
        if (rated != null) {
            ChargeTotals totals = rated.totals();
            totals.currencies()
                    .forEach(currency -> tiles.add(new Pair(
                            wording.charges(currency),
                            wording.amount(totals.total().in(currency)))));
        }
        return tiles;
    }

    private List<Pair> findings(Figures figures) {
        List<Pair> findings = new ArrayList<>();
        if (figures.texts() > 0) {
            findings.add(new Pair(wording.text("summary.texts"), wording.whole(figures.texts())));
        }
        figures.findings()
                .forEach((kind, count) ->
                        findings.add(new Pair(reconciliation.name(kind, wording), wording.whole(count))));
        return findings;
    }

    private List<Pair> changes(Amendments.Known amendments) {
        return Stream.of(Amendment.Change.values())
                .filter(change -> amendments.count(change) > 0)
                .map(change -> new Pair(amendments.name(change, wording), wording.whole(amendments.count(change))))
                .toList();
    }

    private List<Pair> facts(@Nullable Amendments amendments) {
        String revision = String.valueOf(head.revision());
        return List.of(
                new Pair(wording.text("summary.export"), head.export()),
                new Pair(wording.text("summary.from"), wording.day(head.period().from())),
                new Pair(
                        wording.text("summary.to"),
                        wording.day(head.period().to()) + " (" + wording.text("summary.to-note") + ")"),
                new Pair(
                        wording.text("summary.zone"), Wording.zone(head.period().zone())),
                new Pair(wording.text("summary.applications"), new HeadWords(head, wording).applications()),
                new Pair(wording.text("summary.filter"), new HeadWords(head, wording).filter()),
                new Pair(
                        wording.text("summary.revision"),
                        amendments == null ? revision : revision + " (" + amendments.sentence(wording) + ")"));
    }

    private List<Row> figures(UsageSummary usage, @Nullable Rated rated) {
        List<Row> rows = new ArrayList<>();
        List<String> users = new ArrayList<>();
        head.appTypes().forEach(appType -> users.add(count(usage.userCount(appType))));
        users.add(count(usage.userCount()));
        rows.add(new Row(wording.text("summary.users"), "", users));
        for (Column<Usage> column : Tables.FIGURES) {
            List<String> cells = new ArrayList<>();
            boolean whole = !column.name().endsWith("minutes");
            head.appTypes().forEach(appType -> cells.add(cell(column.number(usage.usage(appType)), whole)));
            cells.add(cell(column.number(usage.total()), whole));
            rows.add(new Row(wording.text("column." + column.name()), "", cells));
        }
        if (rated != null) {
            ChargeTotals totals = rated.totals();
            for (Currency currency : totals.currencies()) {
                List<String> cells = new ArrayList<>();
                head.appTypes()
                        .forEach(appType ->
                                cells.add(wording.amount(totals.of(appType).in(currency))));
                cells.add(wording.amount(totals.total().in(currency)));
                rows.add(new Row(wording.charges(currency), "", cells));
            }
        }
        return rows;
    }

    private List<Chart> charts(Figures figures, List<String> applications) {
        List<Chart> charts = new ArrayList<>();
        if (figures.usage().total().sessionMinutes().signum() > 0) {
            charts.add(days(figures.usage(), applications));
        }
        List<UserUsage> largest = figures.usage().largestUsers();
        if (!largest.isEmpty()) {
            List<String> names = largest.stream().map(UserUsage::label).toList();
            List<BigDecimal> minutes =
                    largest.stream().map(user -> user.usage().sessionMinutes()).toList();
            charts.add(new Chart(
                    wording.text("chart.users"),
                    Drawing.rows(names, minutes, wording),
                    List.of(),
                    List.of(),
                    List.of()));
        }
        HourlyProfile profile = figures.profile();
        String zone = Wording.zone(head.period().zone());
        charts.add(counts(
                wording.text("chart.hours", zone),
                IntStream.range(0, HourlyProfile.HOURS)
                        .mapToObj(String::valueOf)
                        .toList(),
                IntStream.range(0, HourlyProfile.HOURS)
                        .mapToObj(profile::atHour)
                        .toList()));
        charts.add(counts(
                wording.text("chart.weekdays"),
                Stream.of(DayOfWeek.values())
                        .map(weekday -> wording.text("weekday." + weekday.getValue()))
                        .toList(),
                Stream.of(DayOfWeek.values()).map(profile::on).toList()));
        return charts;
    }

    private Chart days(UsageSummary usage, List<String> applications) {
        List<LocalDate> days =
                head.period().from().datesUntil(head.period().to()).toList();
        List<AppType> appTypes = List.copyOf(head.appTypes());
        List<List<BigDecimal>> series = appTypes.stream()
                .map(appType -> days.stream()
                        .map(day -> usage.usage(day, appType).sessionMinutes())
                        .toList())
                .toList();
        List<String> labels = days.stream().map(wording::shortDay).toList();
        List<Row> rows = IntStream.range(0, days.size())
                .mapToObj(i -> new Row(
                        wording.day(days.get(i)),
                        "",
                        series.stream().map(one -> cell(one.get(i), false)).toList()))
                .toList();
        List<Series> legend = IntStream.range(0, applications.size())
                .mapToObj(i -> new Series(i, applications.get(i)))
                .toList();
        return new Chart(
                wording.text("chart.days"), Drawing.columns(labels, series, wording), legend, applications, rows);
    }

    private Chart counts(String title, List<String> labels, List<Long> counts) {
        List<BigDecimal> values = counts.stream().map(BigDecimal::valueOf).toList();
        List<Row> rows = IntStream.range(0, labels.size())
                .mapToObj(i -> new Row(labels.get(i), "", List.of(count(counts.get(i)))))
                .toList();
        return new Chart(
                title,
                Drawing.columns(labels, List.of(values), wording),
                List.of(),
                List.of(wording.text("column.sessions")),
                rows);
    }

    private String count(long count) {
        return number(BigDecimal.valueOf(count), 0, 0);
    }

    private String cell(BigDecimal value, boolean whole) {
        return whole ? number(value, 0, 4) : number(value, 2, 4);
    }

    private String number(BigDecimal value, int minimum, int maximum) {
        return wording.numberOrNone(value, minimum, maximum);
    }
}
