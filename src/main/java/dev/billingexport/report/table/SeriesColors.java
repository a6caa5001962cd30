package dev.billingexport.report.table;

/**
 * The colours of a chart's series, as {@code 0xRRGGBB}. The first two are chosen by hand. Further ones are derived: each hue is
 * the golden angle away from the one before it, so that any number of them differ.
 */
public final class SeriesColors {

    private static final int BLUE = 0x2F6FB5;
    private static final int ORANGE = 0xE08A2E;

    private static final double GOLDEN_ANGLE = 137.508;
    /** A green, far from both colours above. */
    private static final double FIRST_HUE = 150;

    private static final double SATURATION = 0.6;
    private static final double BRIGHTNESS = 0.65;

    private SeriesColors() {}

    /**
     * Returns the colour of a series.
     *
     * @param series its place, from 0
     */
    public static int rgb(int series) {
        if (series < 2) {
            return series == 0 ? BLUE : ORANGE;
        }
        double hue = (FIRST_HUE + (series - 2) * GOLDEN_ANGLE) % 360;
        return channel(5, hue) << 16 | channel(3, hue) << 8 | channel(1, hue);
    }

    /** Converts from hue, saturation and brightness: red is channel 5, green 3 and blue 1. */
    private static int channel(int channel, double hue) {
        double place = (channel + hue / 60) % 6;
        double drop = Math.max(0, Math.min(Math.min(place, 4 - place), 1));
        return (int) Math.round(255 * BRIGHTNESS * (1 - SATURATION * drop));
    }
}
