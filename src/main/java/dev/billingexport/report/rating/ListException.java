package dev.billingexport.report.rating;

import java.util.List;

/** A price list or a list of customers is invalid. Holds all faults. */
public final class ListException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String[] complaints;

    ListException(List<String> complaints) {
        super(String.join("\n", complaints));
        this.complaints = complaints.toArray(String[]::new);
    }

    /** Returns a line for each fault, with the file and, where there is one, the line. */
    public List<String> complaints() {
        return List.of(complaints);
    }
}
