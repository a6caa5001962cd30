package dev.billingexport.report;

import java.io.IOException;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** The sessions, call details and recordings of a revision, wherever they are taken from. */
interface RevisionTables {

    /** Streams the rows of a table; to be closed. */
    TextRows open(String table) throws IOException;

    /** The zone of the workbook that they are read from, whose times know none; null where every value is exact. */
    @Nullable
    ZoneId sheetZone();
}
