package dev.billingexport.report.table;

import java.util.List;

/**
 * A line that describes a report.
 *
 * @param hint explains the label, for formats with room for it; empty for none
 * @param notes sentences that the value is misunderstood without
 */
public record Fact(String label, String value, String hint, List<String> notes) {

    Fact(String label, String value) {
        this(label, value, "", List.of());
    }
}
