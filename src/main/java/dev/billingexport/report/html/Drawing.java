package dev.billingexport.report.html;

import dev.billingexport.report.table.Wording;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** The layout of a bar chart in the HTML file. Lengths are in the drawing's own units, with one decimal at most. */
record Drawing(int width, int height, List<Bar> bars, List<Line> lines, List<Label> labels) {

    private static final int WIDTH = 480;
    private static final int HEIGHT = 200;
    private static final int BOTTOM = 24;
    /** Width of one digit of the labels, in the template's font size. */
    private static final double DIGIT = 8.6;

    private static final int TOP = 8;
    private static final int LINES = 4;
    /** More labels than this overlap on a phone. */
    private static final int LABELS = 8;

    private static final int ROW = 34;

    /** A bar. Its title is shown as a tooltip. */
    record Bar(String x, String y, String width, String height, int series, String title) {}

    record Line(String y, int from, int to) {}

    record Label(String x, String y, String anchor, String text) {}

    /** A column for each label, stacked where there are several series. */
    static Drawing columns(List<String> labels, List<List<BigDecimal>> series, Wording wording) {
        double highest = 0;
        for (int i = 0; i < labels.size(); i++) {
            int column = i;
            highest = Math.max(
                    highest,
                    series.stream()
                            .mapToDouble(one -> one.get(column).doubleValue())
                            .sum());
        }
        double step = step(highest);
        double top = Math.max(1, Math.ceil(highest / step)) * step;
        double scale = (HEIGHT - BOTTOM - TOP) / top;
        int left = (int) (DIGIT * (wording.number(BigDecimal.valueOf(top), 0, 0).length() + 1));
        double pitch = (double) (WIDTH - left) / labels.size();
        List<Bar> bars = new ArrayList<>();
        List<Label> texts = new ArrayList<>();
        int every = (labels.size() + LABELS - 1) / LABELS;
        for (int i = 0; i < labels.size(); i++) {
            double y = HEIGHT - BOTTOM;
            for (int one = 0; one < series.size(); one++) {
                BigDecimal value = series.get(one).get(i);
                double length = Math.max(0, value.doubleValue() * scale);
                y -= length;
                if (length > 0) {
                    bars.add(new Bar(
                            units(left + i * pitch + pitch * 0.12),
                            units(y),
                            units(pitch * 0.76),
                            units(length),
                            one,
                            labels.get(i) + ": " + wording.number(value, 0, 2)));
                }
            }
            if (i % every == 0) {
                texts.add(new Label(units(left + (i + 0.5) * pitch), units(HEIGHT - 6), "middle", labels.get(i)));
            }
        }
        List<Line> lines = new ArrayList<>();
        for (double value = 0; value <= top + step / 2; value += step) {
            String y = units(HEIGHT - BOTTOM - value * scale);
            lines.add(new Line(y, left, WIDTH));
            texts.add(new Label(
                    units(left - 6),
                    units(HEIGHT - BOTTOM - value * scale + 4),
                    "end",
                    wording.number(BigDecimal.valueOf(value), 0, 2)));
        }
        return new Drawing(WIDTH, HEIGHT, bars, lines, texts);
    }

    /** A bar below each label, with a length proportional to its value. */
    static Drawing rows(List<String> labels, List<BigDecimal> values, Wording wording) {
        double longest =
                values.stream().mapToDouble(BigDecimal::doubleValue).max().orElse(1);
        List<Bar> bars = new ArrayList<>();
        List<Label> texts = new ArrayList<>();
        for (int i = 0; i < labels.size(); i++) {
            String value = wording.number(values.get(i), 2, 2);
            texts.add(new Label("0", units(i * ROW + 14), "start", labels.get(i)));
            texts.add(new Label(units(WIDTH), units(i * ROW + 14), "end", value));
            bars.add(new Bar(
                    "0",
                    units(i * ROW + 19),
                    units(values.get(i).doubleValue() / longest * WIDTH),
                    "9",
                    0,
                    labels.get(i) + ": " + value));
        }
        return new Drawing(WIDTH, labels.size() * ROW, bars, List.of(), texts);
    }

    /** Returns a round distance between lines: 1, 2 or 5 times a power of ten. */
    private static double step(double highest) {
        double rough = Math.max(highest, 1) / LINES;
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double digit = rough / power;
        double step = (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10) * power;
        return Math.max(1, step);
    }

    private static String units(double length) {
        return BigDecimal.valueOf(length)
                .setScale(1, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }
}
