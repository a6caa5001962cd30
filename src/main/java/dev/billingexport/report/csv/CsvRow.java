package dev.billingexport.report.csv;

import dev.billingexport.report.rating.Charge;
import dev.billingexport.report.table.Cells;
import dev.billingexport.report.table.TimeText;
import dev.billingexport.session.NumberOrText;
import dev.billingexport.text.CsvText;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The cells of one CSV row. One instance is used for all rows. */
public final class CsvRow implements Cells {

    private final @Nullable String[] cells;
    private final ZoneId zone;
    private final boolean formulaGuard;
    private final char decimal;
    private int filled;

    public CsvRow(int width, ZoneId zone, boolean formulaGuard, char decimal) {
        this.cells = new @Nullable String[width];
        this.zone = zone;
        this.formulaGuard = formulaGuard;
        this.decimal = decimal;
    }

    /** Returns the filled row; the next value starts the next row. The array is reused. */
    @Nullable
    public String[] finish() {
        filled = 0;
        return cells;
    }

    @Override
    public void text(@Nullable String value) {
        if (value == null) {
            put(null);
        } else {
            String kept = CsvText.kept(value);
            put(formulaGuard ? CsvText.guarded(kept) : kept);
        }
    }

    @Override
    public void word(String kind, @Nullable String code) {
        put(code);
    }

    @Override
    public void words(String kind, List<String> codes) {
        put(String.join(" ", codes));
    }

    @Override
    public void session(String id, long number) {
        text(id);
    }

    @Override
    public void time(@Nullable Instant value) {
        put(value == null ? null : TimeText.of(value, zone));
    }

    @Override
    public void day(@Nullable LocalDate value) {
        put(value == null ? null : value.toString());
    }

    @Override
    public void integer(@Nullable BigDecimal value) {
        decimal(value);
    }

    @Override
    public void decimal(@Nullable BigDecimal value) {
        put(value == null ? null : value.toPlainString().replace('.', decimal));
    }

    /** A text that looks like a number would be added up by a reader, so it gets a mark. */
    @Override
    public void figure(@Nullable NumberOrText value) {
        if (value == null || value.text() == null) {
            integer(value == null ? null : value.number());
        } else if (CsvText.isNumber(value.text().replace(decimal, '.'))) {
            put("'" + value.text());
        } else {
            text(value.text());
        }
    }

    @Override
    public void amount(@Nullable BigDecimal value, Currency currency) {
        decimal(value);
    }

    @Override
    public void amount(Charge charge) {
        decimal(charge.amount());
    }

    private void put(@Nullable String value) {
        cells[filled++] = value;
    }
}
