package dev.billingexport.bench;

import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;

/** How time, memory, requests and disk grow with the sessions, each a line on logarithmic axes: a slope of one is linear. */
final class GrowthChart {

    /** One size of a run. */
    record Point(long sessions, double seconds, double peakMegabytes, long requests, double ledgerMegabytes) {}

    private final List<Point> points = new ArrayList<>();

    void add(Point point) {
        points.add(point);
    }

    /** @param file without its ending, which is {@code .svg} */
    void write(Path file) throws IOException {
        XYChart chart = new XYChartBuilder()
                .width(760)
                .height(420)
                .xAxisTitle("sessions")
                .build();
        chart.getStyler().setXAxisLogarithmic(true);
        chart.getStyler().setYAxisLogarithmic(true);
        chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        // Dashes, the default, are a shape each: they made half a megabyte.
        chart.getStyler().setPlotGridLinesStroke(new BasicStroke(0.5f));
        List<Long> sessions = points.stream().map(Point::sessions).toList();
        chart.addSeries(
                "peak memory, MB",
                sessions,
                points.stream().map(Point::peakMegabytes).toList());
        chart.addSeries(
                "ledger, MB",
                sessions,
                points.stream().map(Point::ledgerMegabytes).toList());
        chart.addSeries("time, s", sessions, points.stream().map(Point::seconds).toList());
        chart.addSeries(
                "requests, thousands",
                sessions,
                points.stream().map(point -> point.requests() / 1e3).toList());
        Files.createDirectories(file.getParent());
        VectorGraphicsEncoder.saveVectorGraphic(chart, file.toString(), VectorGraphicsFormat.SVG);
    }
}
