package dev.billingexport.report;

import dev.billingexport.report.csv.CsvRow;
import dev.billingexport.report.table.Column;
import dev.billingexport.report.table.RevisionTables;
import dev.billingexport.report.table.Table;
import dev.billingexport.report.table.TextRows;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The tables of a report that is about to be rendered, with the same rows as its CSV files. */
record RenderedTables(List<Table<?>> tables, ZoneId zone) implements RevisionTables {

    @Override
    public Optional<TextRows> find(String name) {
        return tables.stream()
                .filter(table -> table.name().equals(name))
                .<TextRows>map(table -> new Rows<>(table, zone))
                .findFirst();
    }

    private static final class Rows<T> implements TextRows {

        private final Table<T> table;
        private final CsvRow cells;
        private final Stream<T> stream;
        private final Iterator<T> rows;

        Rows(Table<T> table, ZoneId zone) {
            this.table = table;
            this.cells = new CsvRow(table.columns().size(), zone, false, '.');
            this.stream = table.rows().get();
            this.rows = stream.iterator();
        }

        @Override
        public List<String> columns() {
            return table.columns().stream().map(Column::name).toList();
        }

        @Override
        public @Nullable List<String> next() {
            if (!rows.hasNext()) {
                return null;
            }
            table.put(rows.next(), cells);
            return Arrays.stream(cells.finish())
                    .map(value -> Objects.requireNonNullElse(value, ""))
                    .toList();
        }

        @Override
        public void close() {
            stream.close();
        }
    }
}
