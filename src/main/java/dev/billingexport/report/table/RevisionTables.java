package dev.billingexport.report.table;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The sessions, call details and recordings of a revision, wherever they are taken from. */
public interface RevisionTables {

    /** Streams the rows of a table; to be closed. */
    TextRows open(String table) throws IOException;

    /** Streams the rows of the charges, to be closed; null where nothing is rated. */
    @Nullable
    TextRows openCharges() throws IOException;
}
