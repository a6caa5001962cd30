package dev.billingexport.report.html;

import dev.billingexport.report.table.Chart;
import dev.billingexport.report.table.Summary;
import dev.billingexport.report.table.Wording;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The charts of the HTML file. Below most of them is a table with the same figures. */
record HtmlCharts(Summary summary) {

    /** The names are those of the template. */
    record Drawn(String title, Drawing drawing, List<Series> legend, List<String> columns, List<HtmlPage.Row> rows) {

        boolean hasLegend() {
            return !legend.isEmpty();
        }

        boolean hasRows() {
            return !rows.isEmpty();
        }
    }

    record Series(int series, String name) {}

    /** Returns those that there is something to draw in; none where there is no session. */
    List<Drawn> charts() {
        List<Drawn> charts = new ArrayList<>();
        if (summary.isEmpty()) {
            return charts;
        }
        Chart<LocalDate> days = summary.charts().days();
        if (!days.isEmpty()) {
            charts.add(days(days));
        }
        Chart<String> users = summary.charts().users();
        if (!users.isEmpty()) {
            List<BigDecimal> minutes = users.series().get(0).values();
            Drawing drawing = Drawing.rows(users.keys(), minutes, summary.wording());
            charts.add(new Drawn(users.title(), drawing, List.of(), List.of(), List.of()));
        }
        charts.add(counts(summary.charts().hours()));
        charts.add(counts(summary.charts().weekdays()));
        return charts;
    }

    private Drawn days(Chart<LocalDate> chart) {
        Wording wording = summary.wording();
        List<Series> legend = IntStream.range(0, chart.series().size())
                .mapToObj(i -> new Series(i, chart.series().get(i).name()))
                .toList();
        return drawn(chart, chart.keys().stream().map(wording::shortDay).toList(), legend, wording::day, true);
    }

    private Drawn counts(Chart<String> chart) {
        return drawn(chart, chart.keys(), List.of(), Function.identity(), false);
    }

    private <K> Drawn drawn(
            Chart<K> chart, List<String> labels, List<Series> legend, Function<K, String> name, boolean isDecimal) {
        Wording wording = summary.wording();
        List<List<BigDecimal>> values =
                chart.series().stream().map(Chart.Series::values).toList();
        List<HtmlPage.Row> rows = IntStream.range(0, labels.size())
                .mapToObj(i -> new HtmlPage.Row(
                        name.apply(chart.keys().get(i)),
                        "",
                        values.stream()
                                .map(one -> HtmlPage.number(one.get(i), isDecimal, wording))
                                .toList()))
                .toList();
        return new Drawn(
                chart.title(),
                Drawing.columns(labels, values, wording),
                legend,
                chart.series().stream().map(Chart.Series::name).toList(),
                rows);
    }
}
