package dev.billingexport.report.table;

import dev.billingexport.session.SessionDetails;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One table of the report: a CSV file or a sheet of the workbook.
 *
 * @param name name of the CSV file without its suffix, and key of the sheet's name
 * @param rows returns a new stream at each call, which the caller closes
 * @param ofSession returns the rows of a session; null where the rows don't come from sessions
 * @param grouping groups that a sheet adds up; null where there are none
 * @param extras what a sheet shows besides the rows
 */
public record Table<T>(
        String name,
        List<Column<T>> columns,
        Supplier<Stream<T>> rows,
        @Nullable Function<SessionDetails, Stream<T>> ofSession,
        @Nullable Grouping<T> grouping,
        Extras extras) {

    /**
     * What a sheet shows besides its rows. None of it counts as a row.
     *
     * @param total whether the numbers are added up below
     * @param bars columns whose cells show a bar for comparison
     * @param notes lines below the table
     * @param breakdowns figures grouped by something else, at the end
     */
    public record Extras(
            boolean total, List<String> bars, Function<Wording, List<String>> notes, List<Table<?>> breakdowns) {}

    Table(String name, List<Column<T>> columns, Supplier<Stream<T>> rows) {
        this(name, columns, rows, null, null, new Extras(false, List.of(), wording -> List.of(), List.of()));
    }

    /** Returns a table whose rows come from sessions. Such tables can be written in one pass. */
    Table<T> ofSessions(Function<SessionDetails, Stream<T>> ofSession) {
        return new Table<>(name, columns, rows, ofSession, grouping, extras);
    }

    /** Returns the table with totals, and with bars in some columns. */
    Table<T> withTotal(String... bars) {
        return with(new Extras(true, List.of(bars), extras.notes, extras.breakdowns));
    }

    /** Returns the table with subtotals of its groups and a total for each currency. */
    Table<T> grouped(Grouping<T> groups) {
        return new Table<>(name, columns, rows, ofSession, groups, extras);
    }

    /** Returns the table with notes below it. */
    Table<T> withNotes(Function<Wording, List<String>> notes) {
        return with(new Extras(extras.total, extras.bars, notes, extras.breakdowns));
    }

    /** Returns the table with smaller tables at the end. */
    Table<T> withBreakdowns(Table<?>... breakdowns) {
        return with(new Extras(extras.total, extras.bars, extras.notes, List.of(breakdowns)));
    }

    private Table<T> with(Extras others) {
        return new Table<>(name, columns, rows, ofSession, grouping, others);
    }

    public boolean isEmpty() {
        try (Stream<T> stream = rows.get()) {
            return stream.findAny().isEmpty();
        }
    }

    /** Returns the columns' names. */
    public List<String> names() {
        return columns.stream().map(Column::name).toList();
    }

    /** Returns the position of a column, from 0. */
    public int column(String column) {
        return names().indexOf(column);
    }

    /** Writes a row's values into cells, from left to right. */
    public void put(T row, Cells cells) {
        for (Column<T> column : columns) {
            column.content().put(row, cells);
        }
    }
}
