package dev.billingexport.report;

/** What must hold of a setting, with the line that a user reads where it doesn't. */
final class Setting {

    private Setting() {}

    /**
     * @param property without the prefix {@code export.}
     * @throws IllegalArgumentException if it isn't valid
     */
    static void require(boolean valid, String property, String complaint) {
        if (!valid) {
            throw new IllegalArgumentException("export." + property + " " + complaint);
        }
    }
}
