package dev.billingexport.report.rating;

import dev.billingexport.session.AppType;
import java.util.Currency;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Sums of charges. Thread-safe. */
public final class ChargeTotals {

    /** @param appType null for the minimum */
    private record UserPart(String userId, @Nullable AppType appType) {}

    private final Map<UserPart, Amounts> users = new HashMap<>();
    private final Map<AppType, Amounts> applications = new EnumMap<>(AppType.class);
    private Amounts total = Amounts.NONE;
    private Amounts minimums = Amounts.NONE;

    private ChargeTotals() {}

    /** Adds up charges. Reads the stream to its end. */
    public static ChargeTotals of(Stream<Charge> charges) {
        ChargeTotals totals = new ChargeTotals();
        charges.forEachOrdered(totals::add);
        return totals;
    }

    private void add(Charge charge) {
        Amounts amount = Amounts.of(charge.currency(), charge.amount());
        total = total.plus(amount);
        if (charge.appType() == null) {
            minimums = minimums.plus(amount);
        } else {
            applications.merge(charge.appType(), amount, Amounts::plus);
        }
        if (charge.userId() != null) {
            users.merge(new UserPart(charge.userId(), charge.appType()), amount, Amounts::plus);
        }
    }

    /** Returns the sum of all charges, minimums included. */
    public Amounts total() {
        return total;
    }

    /** Returns what all minimums add. */
    public Amounts minimums() {
        return minimums;
    }

    /** Returns the currencies that have charges. */
    public Set<Currency> currencies() {
        return total.currencies();
    }

    /** Returns the charges of one application, without minimums, which cover all applications. */
    public Amounts of(AppType appType) {
        return applications.getOrDefault(appType, Amounts.NONE);
    }

    /** Returns one user's charges for one application, without the minimum. */
    public Amounts of(String userId, AppType appType) {
        return users.getOrDefault(new UserPart(userId, appType), Amounts.NONE);
    }

    /** Returns the charges of all users, without the minimums of customers with several users. */
    public Amounts ofUsers() {
        return users.values().stream().reduce(Amounts.NONE, Amounts::plus);
    }

    /** Returns what the user's own minimum adds. */
    public Amounts minimum(String userId) {
        return users.getOrDefault(new UserPart(userId, null), Amounts.NONE);
    }

    /** Returns one user's charges for all applications, without the minimum. */
    public Amounts withoutMinimum(String userId) {
        return Stream.of(AppType.values()).map(appType -> of(userId, appType)).reduce(Amounts.NONE, Amounts::plus);
    }

    /** Returns all charges of one user. */
    public Amounts of(String userId) {
        return withoutMinimum(userId).plus(minimum(userId));
    }
}
