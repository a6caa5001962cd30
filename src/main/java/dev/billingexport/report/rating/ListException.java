package dev.billingexport.report.rating;

import java.util.List;

/** A price list or a list of customers that can't be used, with all that is wrong with it. */
public final class ListException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String[] complaints;

    ListException(List<String> complaints) {
        super(String.join("\n", complaints));
        this.complaints = complaints.toArray(String[]::new);
    }

    /** A line for each fault, which names the file and, where there is one, its line. */
    public List<String> complaints() {
        return List.of(complaints);
    }
}
