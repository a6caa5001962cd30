package dev.billingexport.report.table;

import dev.billingexport.session.AppType;
import dev.billingexport.session.NumberOrText;
import dev.billingexport.session.Session;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One column of a table, for every format.
 *
 * @param name name in the CSV header, and key of the heading for people
 * @param width in characters
 * @param currency of its amounts, where the column has only one, which its heading names; else null
 * @param content puts a row's value into its cell
 */
public record Column<T>(
        String name, Kind kind, int width, @Nullable Currency currency, Content<T> content) {

    public enum Kind {
        TEXT,
        /** A time or a day, which depends on the export's time zone. */
        TIME,
        /** A number that can be added up and is normally whole. */
        INTEGER,
        /** A number that can be added up and normally has a fraction. */
        DECIMAL,
        /** A number whose sum has no meaning. */
        RATE;

        public boolean isNumber() {
            return addsUp() || this == RATE;
        }

        public boolean addsUp() {
            return this == INTEGER || this == DECIMAL;
        }
    }

    Column(String name, Kind kind, int width, Content<T> content) {
        this(name, kind, width, null, content);
    }

    /** Puts exactly one value of a row into a cell. */
    public interface Content<T> {
        void put(T row, Cells cells);
    }

    static <T> Column<T> text(String name, int width, Function<T, @Nullable String> value) {
        return new Column<>(name, Kind.TEXT, width, (row, cells) -> cells.text(value.apply(row)));
    }

    /** A column of our own codes, see {@link Cells#word}. */
    static <T> Column<T> word(String name, int width, String kind, Function<T, @Nullable String> code) {
        return new Column<>(name, Kind.TEXT, width, (row, cells) -> cells.word(kind, code.apply(row)));
    }

    static <T> Column<T> appType(Function<T, @Nullable AppType> appType) {
        return word("app_type", 16, "application", row -> {
            AppType own = appType.apply(row);
            return own == null ? null : own.code();
        });
    }

    static <T> Column<T> time(String name, Function<T, @Nullable Instant> value) {
        return new Column<>(name, Kind.TIME, 26, (row, cells) -> cells.time(value.apply(row)));
    }

    static <T> Column<T> day(String name, Function<T, @Nullable LocalDate> value) {
        return new Column<>(name, Kind.TIME, 15, (row, cells) -> cells.day(value.apply(row)));
    }

    static <T> Column<T> count(String name, ToLongFunction<T> value) {
        return integer(name, 15, row -> BigDecimal.valueOf(value.applyAsLong(row)));
    }

    static <T> Column<T> integer(String name, int width, Function<T, @Nullable BigDecimal> value) {
        return new Column<>(name, Kind.INTEGER, width, (row, cells) -> cells.integer(value.apply(row)));
    }

    static <T> Column<T> figure(String name, int width, Function<T, @Nullable NumberOrText> value) {
        return new Column<>(name, Kind.INTEGER, width, (row, cells) -> cells.figure(value.apply(row)));
    }

    static <T> Column<T> decimal(String name, Function<T, @Nullable BigDecimal> value) {
        return new Column<>(name, Kind.DECIMAL, 19, (row, cells) -> cells.decimal(value.apply(row)));
    }

    /** A column of session ids, which link to the session where a format has links. */
    static <T> Column<T> session(String name, int width, Function<T, Session> session, ToLongFunction<T> number) {
        return new Column<>(
                name,
                Kind.TEXT,
                width,
                (row, cells) -> cells.session(session.apply(row).sessionId(), number.applyAsLong(row)));
    }

    /** A column of amounts in one currency. A table may have several, with different names. */
    static <T> Column<T> amount(Currency currency, Function<T, @Nullable BigDecimal> value) {
        return new Column<>(
                "amount_" + currency.getCurrencyCode(),
                Kind.DECIMAL,
                20,
                currency,
                (row, cells) -> cells.amount(value.apply(row), currency));
    }

    static <T> Column<T> rate(String name, Function<T, @Nullable BigDecimal> value) {
        return new Column<>(name, Kind.RATE, 19, (row, cells) -> cells.decimal(value.apply(row)));
    }

    /** Returns the number of a row; zero where it has none. */
    public BigDecimal number(T row) {
        Sums sum = new Sums(1);
        content.put(row, sum);
        return sum.of(0);
    }

    /** Returns the same column for a table whose rows contain the rows of this one. */
    <S> Column<S> of(Function<S, T> part) {
        return new Column<>(name, kind, width, currency, (row, cells) -> content.put(part.apply(row), cells));
    }

    /** Returns these columns in a table whose rows contain the rows of this one. */
    static <S, T> List<Column<S>> part(List<Column<T>> columns, Function<S, T> part) {
        return columns.stream().map(column -> column.of(part)).toList();
    }

    static <T> List<Column<T>> join(List<Column<T>> left, List<Column<T>> right) {
        return Stream.concat(left.stream(), right.stream()).toList();
    }
}
