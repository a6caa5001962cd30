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
 * @param name of the CSV file, without its ending; the name of the sheet is worded by it
 * @param rows streams them afresh at every call, to be closed by the reader
 * @param ofSession the rows that a session has, null where they don't come from sessions
 * @param grouping the groups of its rows, which a sheet adds up; null where there are none
 * @param extras what a sheet has besides the rows
 */
public record Table<T>(
        String name,
        List<Column<T>> columns,
        Supplier<Stream<T>> rows,
        @Nullable Function<SessionDetails, Stream<T>> ofSession,
        @Nullable Grouping<T> grouping,
        Extras extras) {

    /**
     * What a sheet has besides its rows. None of it counts as a row.
     *
     * @param total whether the numbers are added up below
     * @param bars the columns whose cells show a bar, to be compared at a glance
     * @param notes lines below the table
     * @param breakdowns its figures by something else, below all that
     */
    public record Extras(
            boolean total, List<String> bars, Function<Wording, List<String>> notes, List<Table<?>> breakdowns) {}

    Table(String name, List<Column<T>> columns, Supplier<Stream<T>> rows) {
        this(name, columns, rows, null, null, new Extras(false, List.of(), wording -> List.of(), List.of()));
    }

    /** Made of sessions: the rows of one after the other. Such tables can be written in one pass. */
    Table<T> ofSessions(Function<SessionDetails, Stream<T>> ofSession) {
        return new Table<>(name, columns, rows, ofSession, grouping, extras);
    }

    /** With the numbers added up below, and bars in some columns. */
    Table<T> withTotal(String... bars) {
        return new Table<>(
                name,
                columns,
                rows,
                ofSession,
                grouping,
                new Extras(true, List.of(bars), extras.notes, extras.breakdowns));
    }

    /** With subtotals of the groups that its rows are in, and a total for each currency. */
    Table<T> grouped(Grouping<T> groups) {
        return new Table<>(name, columns, rows, ofSession, groups, extras);
    }

    /** With lines below it. */
    Table<T> withNotes(Function<Wording, List<String>> notes) {
        return new Table<>(
                name,
                columns,
                rows,
                ofSession,
                grouping,
                new Extras(extras.total, extras.bars, notes, extras.breakdowns));
    }

    /** With smaller tables at the end. */
    Table<T> withBreakdowns(Table<?>... breakdowns) {
        return new Table<>(
                name,
                columns,
                rows,
                ofSession,
                grouping,
                new Extras(extras.total, extras.bars, extras.notes, List.of(breakdowns)));
    }

    public boolean isEmpty() {
        try (Stream<T> stream = rows.get()) {
            return stream.findAny().isEmpty();
        }
    }

    /** The columns' names. */
    public List<String> names() {
        return columns.stream().map(Column::name).toList();
    }

    /** The place of a column, from 0. */
    public int column(String column) {
        return names().indexOf(column);
    }

    /** Puts a row's values into cells, from left to right. */
    public void put(T row, Cells cells) {
        for (Column<T> column : columns) {
            column.content().put(row, cells);
        }
    }
}
