package dev.billingexport.report.xlsx;

import dev.billingexport.report.table.Grouping;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.poi.ss.util.CellReference;
import org.jspecify.annotations.Nullable;

/**
 * Adds up the groups of a table while its rows are written. A group gets no subtotal if it has one row, or all the rows
 * of the group around it.
 */
final class Subtotals<T> {

    /**
     * A subtotal to write below a group.
     *
     * @param formula adds up the group's rows without the subtotals among them
     */
    record Subtotal(String key, BigDecimal amount, Currency currency, String formula) {}

    private static final class Group {

        private final String key;
        private final Currency currency;
        private final List<String> ranges = new ArrayList<>();
        private BigDecimal amount = BigDecimal.ZERO;
        private String sheet = "";
        private int first;
        private int last;
        private long rows;

        Group(String key, Currency currency) {
            this.key = key;
            this.currency = currency;
        }

        Subtotal subtotal(String letters) {
            endRange(letters);
            return new Subtotal(key, amount, currency, "SUBTOTAL(9," + String.join(",", ranges) + ")");
        }

        private void endRange(String letters) {
            ranges.add("'" + sheet + "'!" + letters + first + ":" + letters + last);
        }
    }

    private final Grouping<T> grouping;
    private final String letters;
    private final List<Group> open = new ArrayList<>();
    private final SortedMap<Currency, BigDecimal> totals =
            new TreeMap<>(Comparator.comparing(Currency::getCurrencyCode));

    /** @param place position of the column that is added up, from 0 */
    Subtotals(Grouping<T> grouping, int place) {
        this.grouping = grouping;
        this.letters = CellReference.convertNumToColString(place);
    }

    /** Returns the subtotals of the groups that end before a row, inner ones first; with null, of all groups. */
    List<Subtotal> before(@Nullable T row) {
        int same = 0;
        while (row != null && same < open.size() && open.get(same).key.equals(key(same, row))) {
            same++;
        }
        List<Subtotal> ended = new ArrayList<>();
        for (int level = open.size() - 1; level >= same; level--) {
            Group group = open.remove(level);
            boolean isAllOfOuter = level > same && open.get(level - 1).rows == group.rows;
            if (group.rows > 1 && !isAllOfOuter) {
                ended.add(group.subtotal(letters));
            }
        }
        return ended;
    }

    /** @param number number of the row on its sheet, from 1 */
    void add(T row, String sheet, int number) {
        Currency currency = grouping.currency().apply(row);
        BigDecimal amount = grouping.amount().apply(row);
        totals.merge(currency, amount, BigDecimal::add);
        for (int level = open.size(); level < grouping.keys().size(); level++) {
            open.add(new Group(key(level, row), currency));
        }
        for (Group group : open) {
            group.amount = group.amount.add(amount);
            group.rows++;
            if (!group.sheet.equals(sheet)) {
                if (!group.sheet.isEmpty()) {
                    group.endRange(letters);
                }
                group.sheet = sheet;
                group.first = number;
            }
            group.last = number;
        }
    }

    private String key(int level, T row) {
        return grouping.keys().get(level).apply(row);
    }

    /** Returns the sum of all rows by currency. */
    SortedMap<Currency, BigDecimal> totals() {
        return totals;
    }
}
