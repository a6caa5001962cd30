package dev.billingexport.report.table;

import dev.billingexport.report.rating.Amounts;
import dev.billingexport.session.Usage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key figure in large type.
 *
 * @param decimals number of decimals that are shown
 * @param currency of an amount; null for other figures
 */
public record Tile(
        String label,
        BigDecimal value,
        int decimals,
        @Nullable Currency currency) {

    private static final BigDecimal SECONDS_OF_HOUR = BigDecimal.valueOf(3_600);
    private static final int DECIMALS = 2;
    /** Decimal units, as disks and bills use them. */
    private static final List<String> UNITS = List.of("bytes", "kB", "MB", "GB", "TB", "PB");

    /** From here on decimals are left out: they don't matter and don't fit. */
    private static final BigDecimal LARGE = BigDecimal.valueOf(1_000_000);

    static List<Tile> of(Usage total, Wording wording) {
        return List.of(
                whole(wording.text("tile.sessions"), total.sessions()),
                decimal(wording.text("tile.session-minutes"), total.sessionMinutes()),
                whole(wording.text("tile.participants"), total.callDetails()),
                decimal(wording.text("tile.participant-minutes"), total.callDetailMinutes()),
                whole(wording.text("tile.recordings"), total.recordings()),
                decimal(wording.text("tile.recorded-hours"), hours(total.recordedSeconds())),
                storage(total.recordedBytes(), wording));
    }

    static Tile of(Currency currency, Amounts amounts, Wording wording) {
        BigDecimal amount = amounts.in(currency);
        return new Tile(wording.charges(currency), amount, amount.scale(), currency);
    }

    private static Tile whole(String label, long value) {
        return new Tile(label, BigDecimal.valueOf(value), 0, null);
    }

    private static Tile decimal(String label, BigDecimal value) {
        return new Tile(label, value, value.compareTo(LARGE) < 0 ? DECIMALS : 0, null);
    }

    private static BigDecimal hours(BigDecimal seconds) {
        return seconds.divide(SECONDS_OF_HOUR, DECIMALS, RoundingMode.HALF_UP);
    }

    /** Uses the largest unit of which there is at least one. */
    private static Tile storage(BigDecimal bytes, Wording wording) {
        int unit = Math.max(0, Math.min(bytes.toBigInteger().toString().length() - 1, 15) / 3);
        return new Tile(
                wording.text("tile.storage", UNITS.get(unit)),
                bytes.movePointLeft(3 * unit).setScale(unit == 0 ? 0 : DECIMALS, RoundingMode.HALF_UP),
                unit == 0 ? 0 : DECIMALS,
                null);
    }
}
