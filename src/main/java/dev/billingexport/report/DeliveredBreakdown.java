package dev.billingexport.report;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The difference per user below the amendments of a delivered workbook: after its headings, a row for each user. */
final class DeliveredBreakdown {

    private static final List<String> FIGURES = List.of(
            "session_minutes_before",
            "session_minutes_after",
            "call_detail_minutes_before",
            "call_detail_minutes_after");

    /** The sums of binary numbers miss those of decimal ones by a little. */
    private static final BigDecimal LITTLE = new BigDecimal("0.0001");

    private final DeliveredCsv.Sums amendments;
    private final int width;
    private final BigDecimal[] sums = new BigDecimal[FIGURES.size()];
    private boolean begun;

    /** @param table of any kind: those that are no amendments have no such thing */
    DeliveredBreakdown(DeliveredCsv.Sums table) {
        this.amendments = table;
        this.width = table.columns().size();
        Arrays.fill(sums, BigDecimal.ZERO);
    }

    private boolean isExpected() {
        return amendments.rows() > 0 && amendments.columns().containsAll(FIGURES);
    }

    /** Takes a row that belongs to it. */
    boolean takes(SheetReader.Row row) {
        if (!isExpected()) {
            return false;
        }
        if (!begun) {
            begun = IntStream.range(0, row.cells().size())
                    .mapToObj(row::cell)
                    .allMatch(cell -> cell == null || cell.value().isEmpty() || DeliveredWorkbook.isLabel(cell));
            return begun;
        }
        BigDecimal[] figures = new BigDecimal[FIGURES.size()];
        for (int i = 0; i < figures.length; i++) {
            BigDecimal figure = number(row.cell(amendments.columns().indexOf(FIGURES.get(i))));
            if (figure == null) {
                return false;
            }
            figures[i] = figure;
        }
        if (!isDifference(figures[0], figures[1], row.cell(width))
                || !isDifference(figures[2], figures[3], row.cell(width + 1))
                || !row.isEmptyFrom(width + 2)) {
            return false;
        }
        for (int i = 0; i < figures.length; i++) {
            sums[i] = sums[i].add(figures[i]);
        }
        return true;
    }

    private static boolean isDifference(BigDecimal before, BigDecimal after, SheetReader.@Nullable Cell cell) {
        BigDecimal difference = number(cell);
        return difference != null && isAbout(after.subtract(before), difference);
    }

    private static @Nullable BigDecimal number(SheetReader.@Nullable Cell cell) {
        if (cell == null || cell.type() == SheetReader.Type.OTHER || cell.formula() != null) {
            return null;
        }
        try {
            return new BigDecimal(cell.value());
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Whether it is there where it has to be, and every minute of every amendment is in it. */
    boolean addsUp() {
        return !isExpected()
                || begun
                        && IntStream.range(0, sums.length).allMatch(i -> {
                            BigDecimal sum = amendments.of(FIGURES.get(i));
                            return sum != null && isAbout(sum, sums[i]);
                        });
    }

    private static boolean isAbout(BigDecimal one, BigDecimal other) {
        return one.subtract(other).abs().compareTo(LITTLE) < 0;
    }
}
