package dev.billingexport.report.table;

import java.math.BigDecimal;
import java.util.List;

/**
 * The data of a bar chart.
 *
 * @param <K> what a bar stands for: a day, or a label
 * @param series one value for each key; several are stacked. Empty, as the keys, where there is nothing to draw
 */
public record Chart<K>(String title, List<K> keys, List<Series> series) {

    /** Values of one colour. */
    public record Series(String name, List<BigDecimal> values) {}

    static <K> Chart<K> empty(String title) {
        return new Chart<>(title, List.of(), List.of());
    }

    static <K> Chart<K> of(String title, List<K> keys, String name, List<BigDecimal> values) {
        return new Chart<>(title, keys, List.of(new Series(name, values)));
    }

    public boolean isEmpty() {
        return keys.isEmpty();
    }
}
