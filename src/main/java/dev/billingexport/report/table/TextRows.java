package dev.billingexport.report.table;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a table as text, as in a CSV file. */
public interface TextRows extends AutoCloseable {

    /** Returns the names of the columns. */
    List<String> columns();

    /** Returns the next row with a value for each column, or null after the last. */
    @Nullable
    List<String> next() throws IOException;

    @Override
    void close() throws IOException;
}
