package dev.billingexport.report.rating;

import dev.billingexport.session.AppType;
import java.util.Currency;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The sums of charges. Safe for many threads. */
public final class ChargeTotals {

    /** @param appType null for the minimum */
    private record UserPart(String userId, @Nullable AppType appType) {}

    private final Map<UserPart, Amounts> users = new HashMap<>();
    private final Map<AppType, Amounts> applications = new EnumMap<>(AppType.class);
    private Amounts total = Amounts.NONE;

    private ChargeTotals() {}

    /** Adds up charges, which it reads to their end. */
    public static ChargeTotals of(Stream<Charge> charges) {
        ChargeTotals totals = new ChargeTotals();
        charges.forEachOrdered(totals::add);
        return totals;
    }

    private void add(Charge charge) {
        Amounts amount = Amounts.of(charge.currency(), charge.amount());
        total = total.plus(amount);
        if (charge.appType() != null) {
            applications.merge(charge.appType(), amount, Amounts::plus);
        }
        if (charge.userId() != null) {
            users.merge(new UserPart(charge.userId(), charge.appType()), amount, Amounts::plus);
        }
    }

    /** Everything, minimums included. */
    public Amounts total() {
        return total;
    }

    /** Those that anything is charged in. */
    public Set<Currency> currencies() {
        return total.currencies();
    }

    /** One application's, without minimums, which are of all applications together. */
    public Amounts of(AppType appType) {
        return applications.getOrDefault(appType, Amounts.NONE);
    }

    /** One user's for one application, without the minimum. */
    public Amounts of(String userId, AppType appType) {
        return users.getOrDefault(new UserPart(userId, appType), Amounts.NONE);
    }

    /** What all users are charged, without minimums that are a customer's and no user's. */
    public Amounts ofUsers() {
        return users.values().stream().reduce(Amounts.NONE, Amounts::plus);
    }

    /** What a minimum of the user's own adds. */
    public Amounts minimum(String userId) {
        return users.getOrDefault(new UserPart(userId, null), Amounts.NONE);
    }

    /** All that one user is charged. */
    public Amounts of(String userId) {
        return Stream.of(AppType.values()).map(appType -> of(userId, appType)).reduce(minimum(userId), Amounts::plus);
    }
}
