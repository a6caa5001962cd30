package dev.billingexport.delivered;

import dev.billingexport.report.table.ChargeChange;
import dev.billingexport.report.table.ChargeChanges;
import dev.billingexport.report.table.TableNames;
import dev.billingexport.report.table.TextRows;
import dev.billingexport.text.CsvText;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Compares the charges of two revisions. */
final class DeliveredCharges {

    private record Key(String payer, String currency) {

        static final Comparator<Key> ORDER = Comparator.comparing(Key::payer).thenComparing(Key::currency);
    }

    private DeliveredCharges() {}

    /**
     * Reads both tables completely.
     *
     * @param before rows of the earlier charges; null where nothing was rated
     */
    static ChargeChanges changes(@Nullable TextRows before, @Nullable TextRows after) throws IOException {
        boolean ofCustomers = (before == null || before.columns().contains("customer"))
                && (after == null || after.columns().contains("customer"));
        SortedMap<Key, ChargeChange> payers = new TreeMap<>(Key.ORDER);
        SortedMap<Key, ChargeChange> total = new TreeMap<>(Key.ORDER);
        read(before, ofCustomers, (payer, currency, amount) -> {
            add(payers, payer, currency, ofCustomers, amount, BigDecimal.ZERO);
            add(total, "", currency, ofCustomers, amount, BigDecimal.ZERO);
        });
        read(after, ofCustomers, (payer, currency, amount) -> {
            add(payers, payer, currency, ofCustomers, BigDecimal.ZERO, amount);
            add(total, "", currency, ofCustomers, BigDecimal.ZERO, amount);
        });
        return new ChargeChanges(
                total.values().stream()
                        .map(sum -> new ChargeChange(null, null, sum.currency(), sum.before(), sum.after()))
                        .toList(),
                payers.values().stream()
                        .filter(payer -> payer.difference().signum() != 0)
                        .toList());
    }

    private static void add(
            Map<Key, ChargeChange> sums,
            String payer,
            String currency,
            boolean ofCustomers,
            BigDecimal before,
            BigDecimal after) {
        ChargeChange none = new ChargeChange(
                ofCustomers ? payer : null, ofCustomers ? null : payer, currency, BigDecimal.ZERO, BigDecimal.ZERO);
        Key key = new Key(payer, currency);
        sums.put(key, sums.getOrDefault(key, none).plus(before, after));
    }

    private interface Amounts {
        void add(String payer, String currency, BigDecimal amount);
    }

    private static void read(@Nullable TextRows rows, boolean ofCustomers, Amounts amounts) throws IOException {
        if (rows == null) {
            return;
        }
        int payer = rows.columns().indexOf(ofCustomers ? "customer" : "user_id");
        int currency = rows.columns().indexOf("currency");
        int amount = rows.columns().indexOf("amount");
        if (payer < 0 || currency < 0 || amount < 0) {
            throw new UnreadableException(TableNames.CHARGES, "columns are missing: there are only " + rows.columns());
        }
        long number = 0;
        for (List<String> row = rows.next(); row != null; row = rows.next()) {
            amounts.add(
                    CsvText.unguarded(row.get(payer)),
                    row.get(currency),
                    CsvValue.number(TableNames.CHARGES, "amount", row.get(amount), ++number));
        }
    }
}
