package dev.billingexport.report;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** The rows of a delivered CSV file. */
final class CsvTextRows implements TextRows {

    private final DeliveredCsv csv;
    private final CSVParser parser;
    private final Iterator<CSVRecord> rows;

    CsvTextRows(DeliveredCsv csv) throws IOException {
        this.csv = csv;
        this.parser = csv.open();
        this.rows = parser.iterator();
    }

    @Override
    public List<String> columns() {
        return parser.getHeaderNames();
    }

    @Override
    public @Nullable List<String> next() {
        try {
            if (!rows.hasNext()) {
                return null;
            }
            CSVRecord row = rows.next();
            if (row.size() != columns().size()) {
                throw new IllegalStateException("row " + row.getRecordNumber() + " has " + row.size() + " values in "
                        + columns().size() + " columns");
            }
            return row.toList();
        } catch (RuntimeException e) {
            throw new DeliveredCsv.UnreadableException(
                    csv.file() + " is not the CSV file of a delivery: " + e.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
