package dev.billingexport.report;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The row below a table of a delivered workbook that adds it up: as a value, and as a formula that gives it again.
 *
 * @param columns of the table
 * @param sums of its columns by name; null where a column is not added up
 * @param written where its rows are
 */
record DeliveredTotal(List<String> columns, Function<String, @Nullable BigDecimal> sums, WrittenTable written) {

    boolean is(SheetReader.Row row) {
        int figures = 0;
        for (int place = 1; place < row.cells().size(); place++) {
            SheetReader.Cell cell = row.cell(place);
            if (cell != null && !cell.value().isEmpty()) {
                if (place >= columns.size() || !isSum(cell, columns.get(place))) {
                    return false;
                }
                figures++;
            }
        }
        SheetReader.Cell label = row.cell(0);
        return figures > 0 && label != null && label.type() == SheetReader.Type.TEXT && label.formula() == null;
    }

    private boolean isSum(SheetReader.Cell cell, String column) {
        BigDecimal sum = sums.apply(column);
        return sum != null
                && cell.type() == SheetReader.Type.NUMBER
                && cell.look() == Looks.Kind.NUMBER
                && written.sum(column).equals(cell.formula())
                && DeliveredCell.isAbout(cell.number(), sum);
    }
}
