package dev.billingexport.report.table;

import java.io.IOException;
import java.util.Optional;

/** The tables of a revision, from any source. */
public interface RevisionTables {

    /** Opens a table; the caller closes it. Empty where the revision doesn't have it, such as charges without rating. */
    Optional<? extends TextRows> find(String table) throws IOException;

    /** Opens a table that the revision must have; the caller closes it. */
    default TextRows open(String table) throws IOException {
        return find(table).orElseThrow();
    }
}
