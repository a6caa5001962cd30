package dev.billingexport.delivered;

import java.math.BigDecimal;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The charges of a delivered table, added up by currency. Not thread-safe. */
final class ChargeSums {

    /** There are fewer in the world. */
    private static final int MAX_CURRENCIES = 500;

    private final String file;
    private final int amount;
    private final int currency;
    private final SortedMap<String, BigDecimal> sums = new TreeMap<>();

    /**
     * @param file its name in the delivery
     * @param columns of the table; where it has neither amounts nor currencies, nothing is added up
     */
    ChargeSums(String file, List<String> columns) {
        this.file = file;
        this.amount = columns.indexOf("amount");
        this.currency = columns.indexOf("currency");
    }

    /** @throws UnreadableException where the amount is no number, or the currency none */
    void add(List<String> row, long number) {
        if (amount >= 0 && currency >= 0) {
            sums.merge(row.get(currency), CsvValue.number(file, "amount", row.get(amount), number), BigDecimal::add);
            if (sums.size() > MAX_CURRENCIES) {
                throw new UnreadableException(file, "there are more than " + MAX_CURRENCIES + " currencies");
            }
        }
    }

    SortedMap<String, BigDecimal> byCurrency() {
        return sums;
    }
}
