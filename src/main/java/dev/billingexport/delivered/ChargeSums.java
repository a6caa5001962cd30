package dev.billingexport.delivered;

import java.math.BigDecimal;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Adds up the charges of a delivered table by currency. Not thread-safe. */
final class ChargeSums {

    /** More than the number of currencies in the world. */
    private static final int MAX_CURRENCIES = 500;

    private final String file;
    private final int amount;
    private final int currency;
    private final SortedMap<String, BigDecimal> sums = new TreeMap<>();

    /**
     * @param file name of the file in the delivery
     * @param columns of the table; where amounts or currencies are missing, nothing is added up
     */
    ChargeSums(String file, List<String> columns) {
        this.file = file;
        this.amount = columns.indexOf("amount");
        this.currency = columns.indexOf("currency");
    }

    /** @throws UnreadableException if the amount isn't a number, or the currency isn't one */
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
