package dev.billingexport.report;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * One column of a table, for every format.
 *
 * @param name as in the CSV header
 * @param heading as people read it
 * @param width in characters
 * @param content puts the value of a row into its cell
 */
record Column<T>(String name, String heading, Kind kind, int width, Content<T> content) {

    enum Kind {
        TEXT,
        /** Depends on the export's time zone, a day like a time. */
        TIME,
        NUMBER
    }

    /** Puts exactly one value of a row into a cell. */
    interface Content<T> {
        void put(T row, Cells cells);
    }

    static <T> Column<T> text(String name, String heading, int width, Function<T, @Nullable String> value) {
        return new Column<>(name, heading, Kind.TEXT, width, (row, cells) -> cells.text(value.apply(row)));
    }

    static <T> Column<T> time(String name, String heading, Function<T, @Nullable Instant> value) {
        return new Column<>(name, heading, Kind.TIME, 26, (row, cells) -> cells.time(value.apply(row)));
    }

    static <T> Column<T> day(String name, String heading, Function<T, @Nullable LocalDate> value) {
        return new Column<>(name, heading, Kind.TIME, 15, (row, cells) -> cells.day(value.apply(row)));
    }

    static <T> Column<T> count(String name, String heading, ToLongFunction<T> value) {
        return integer(name, heading, 15, row -> BigDecimal.valueOf(value.applyAsLong(row)));
    }

    static <T> Column<T> integer(String name, String heading, int width, Function<T, @Nullable BigDecimal> value) {
        return new Column<>(name, heading, Kind.NUMBER, width, (row, cells) -> cells.integer(value.apply(row)));
    }

    static <T> Column<T> decimal(String name, String heading, Function<T, @Nullable BigDecimal> value) {
        return new Column<>(name, heading, Kind.NUMBER, 19, (row, cells) -> cells.decimal(value.apply(row)));
    }

    /** The same column in a table whose rows hold what this one is about. */
    <S> Column<S> of(Function<S, T> part) {
        return new Column<>(name, heading, kind, width, (row, cells) -> content.put(part.apply(row), cells));
    }
}
