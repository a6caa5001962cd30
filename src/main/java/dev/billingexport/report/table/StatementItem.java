package dev.billingexport.report.table;

import dev.billingexport.report.rating.Charge;
import dev.billingexport.report.rating.Item;
import dev.billingexport.session.AppType;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A row of a statement's items: the charges of all users for one item, application, tier and price.
 *
 * @param appType null for the minimum
 * @param usedSeconds as stated; null for the minimum, as are the other seconds and the price
 * @param countedSeconds seconds after rounding each use up
 * @param chargedSeconds seconds that the price is multiplied with
 */
public record StatementItem(
        Item item,
        @Nullable AppType appType,
        @Nullable String tier,
        @Nullable BigDecimal usedSeconds,
        @Nullable BigDecimal countedSeconds,
        @Nullable BigDecimal chargedSeconds,
        @Nullable BigDecimal unitPrice,
        BigDecimal amount,
        Currency currency) {

    private record Key(
            Item item,
            @Nullable AppType appType,
            @Nullable String tier,
            @Nullable BigDecimal unitPrice) {

        static final Comparator<Key> ORDER = Comparator.comparing(Key::item)
                .thenComparing(Key::appType, Comparator.nullsLast(Comparator.naturalOrder()))
                .thenComparing(Key::tier, Comparator.nullsFirst(Comparator.comparing(StatementItem::place)))
                .thenComparing(Key::unitPrice, Comparator.nullsFirst(Comparator.naturalOrder()));
    }

    /** Sorts included minutes before the first tier. */
    private static int place(String tier) {
        return tier.equals(Charge.INCLUDED) ? 0 : Integer.parseInt(tier);
    }

    public static List<StatementItem> of(Stream<Charge> charges) {
        Map<Key, StatementItem> items = new TreeMap<>(Key.ORDER);
        charges.forEachOrdered(charge -> items.merge(
                new Key(charge.item(), charge.appType(), charge.tier(), charge.unitPrice()),
                new StatementItem(
                        charge.item(),
                        charge.appType(),
                        charge.tier(),
                        charge.usedSeconds(),
                        charge.countedSeconds(),
                        charge.chargedSeconds(),
                        charge.unitPrice(),
                        charge.amount(),
                        charge.currency()),
                StatementItem::plus));
        return List.copyOf(items.values());
    }

    public @Nullable BigDecimal usedMinutes() {
        return minutes(usedSeconds);
    }

    public @Nullable BigDecimal countedMinutes() {
        return minutes(countedSeconds);
    }

    public @Nullable BigDecimal chargedMinutes() {
        return minutes(chargedSeconds);
    }

    private static @Nullable BigDecimal minutes(@Nullable BigDecimal seconds) {
        return seconds == null ? null : Charge.minutes(seconds);
    }

    private StatementItem plus(StatementItem other) {
        return new StatementItem(
                item,
                appType,
                tier,
                sum(usedSeconds, other.usedSeconds),
                sum(countedSeconds, other.countedSeconds),
                sum(chargedSeconds, other.chargedSeconds),
                unitPrice,
                amount.add(other.amount),
                currency);
    }

    private static @Nullable BigDecimal sum(@Nullable BigDecimal one, @Nullable BigDecimal other) {
        return one == null || other == null ? one : one.add(other);
    }
}
