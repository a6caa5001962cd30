package dev.billingexport.report.table;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The sessions, call details and recordings of a revision, from any source. */
public interface RevisionTables {

    /** Opens a table; the caller closes it. */
    TextRows open(String table) throws IOException;

    /** Opens the charges; the caller closes them. Null where rating is off. */
    @Nullable
    TextRows openCharges() throws IOException;
}
