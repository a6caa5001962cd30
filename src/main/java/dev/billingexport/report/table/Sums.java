package dev.billingexport.report.table;

import dev.billingexport.report.rating.Charge;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds up the numbers of rows, column by column and exactly. */
public final class Sums implements Cells {

    private final BigDecimal[] sums;
    private int column;

    public Sums(int columns) {
        sums = new BigDecimal[columns];
        Arrays.fill(sums, BigDecimal.ZERO);
    }

    /** Starts the next row. */
    public void nextRow() {
        column = 0;
    }

    public BigDecimal of(int place) {
        return sums[place];
    }

    /** Returns whether a number has only zeros as decimals. */
    public static boolean isWhole(BigDecimal value) {
        return value.scale() <= 0 || value.stripTrailingZeros().scale() <= 0;
    }

    @Override
    public void text(@Nullable String value) {
        column++;
    }

    @Override
    public void word(String kind, @Nullable String code) {
        column++;
    }

    @Override
    public void words(String kind, List<String> codes) {
        column++;
    }

    @Override
    public void session(String id, long number) {
        column++;
    }

    @Override
    public void time(@Nullable Instant value) {
        column++;
    }

    @Override
    public void day(@Nullable LocalDate value) {
        column++;
    }

    @Override
    public void integer(@Nullable BigDecimal value) {
        add(value);
    }

    @Override
    public void decimal(@Nullable BigDecimal value) {
        add(value);
    }

    @Override
    public void amount(@Nullable BigDecimal value, Currency currency) {
        decimal(value);
    }

    @Override
    public void amount(Charge charge) {
        decimal(charge.amount());
    }

    private void add(@Nullable BigDecimal value) {
        if (value != null) {
            sums[column] = sums[column].add(value);
        }
        column++;
    }
}
