package dev.billingexport.report;

import java.io.IOException;

/** The sessions, call details and recordings of a revision, wherever they are taken from. */
public interface RevisionTables {

    /** Streams the rows of a table; to be closed. */
    TextRows open(String table) throws IOException;
}
