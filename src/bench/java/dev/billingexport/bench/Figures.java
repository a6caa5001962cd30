package dev.billingexport.bench;

import java.util.Collection;
import java.util.Locale;

/** Figures as a table shows them. */
public final class Figures {

    private Figures() {}

    /** The one in the middle; of an even number the mean of the two there. */
    public static double median(Collection<? extends Number> values) {
        double[] sorted =
                values.stream().mapToDouble(Number::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    public static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.1f s", seconds);
    }

    /** How many times as much. */
    public static String ratio(double ratio) {
        return String.format(Locale.ROOT, "%.2f", ratio);
    }

    public static String megabytes(double bytes) {
        return String.format(Locale.ROOT, "%,.0f MB", bytes / (1 << 20));
    }

    public static String whole(double number) {
        return String.format(Locale.ROOT, "%,.0f", number);
    }
}
