package dev.billingexport.report.table;

import org.jspecify.annotations.Nullable;

/**
 * The recipient of a statement.
 *
 * @param field {@code customer} or {@code user_id}, as in the names of columns and folders
 * @param value as it came; empty for sessions without a user
 */
public record StatementHead(String field, String value) {

    public static final String CUSTOMER = "customer";
    public static final String USER = "user_id";

    private static final int TITLE = 60;

    public String title(ReportHead head, Wording wording) {
        return wording.text("statement.title", head.period().label()) + ": "
                + UserUsage.shortened(name(wording), TITLE);
    }

    public String name(Wording wording) {
        return value.isEmpty() ? wording.text("html.no-user") : value;
    }

    /** Returns the user; null where the recipient is a customer. */
    @Nullable
    String userId() {
        return field.equals(USER) ? value : null;
    }
}
