package dev.billingexport.report.rating;

import dev.billingexport.session.AppType;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads a price list and finds all faults in it that don't depend on a period. */
final class PriceListFile {

    private static final List<String> REQUIRED = List.of("plan", "item", "app_type", "price");
    private static final List<String> OPTIONAL = List.of("valid_from", "up_to", "first_seconds", "next_seconds");
    private static final BigDecimal SECONDS_OF_MINUTE = BigDecimal.valueOf(60);
    private static final String ANY = "*";

    private final ListFaults faults;
    private final Map<Key, List<Row>> tiers = new LinkedHashMap<>();
    private final Set<String> plans = new TreeSet<>();
    private boolean hidesPlans;

    /** @param faults receives the faults; the list is valid only if there are none */
    PriceListFile(ListFaults faults) {
        this.faults = faults;
    }

    PriceList read(ListFile file) {
        if (!file.each(REQUIRED, OPTIONAL, faults, this::add)) {
            hidesPlans = true;
        }
        if (faults.isEmpty() && tiers.isEmpty()) {
            faults.add(0, "It has no price.");
        }
        return new PriceList(tiers.entrySet().stream().map(this::schedule).toList());
    }

    /** Returns all plans that are named, in valid and invalid rows. */
    Set<String> plans() {
        return plans;
    }

    /** Returns whether a row can't be read or names no plan, so that there may be more plans than are known. */
    boolean hidesPlans() {
        return hidesPlans;
    }

    private void add(ListRow row) {
        int before = faults.size();
        String plan = row.required("plan");
        Item item = item(row);
        Optional<AppType> appType = AppType.ofCode(row.text("app_type"));
        boolean any = row.text("app_type").equals(ANY);
        if (appType.isEmpty() && !any) {
            faults.add(
                    row.line(),
                    "app_type = " + row.text("app_type") + ": must be one of " + AppType.codes()
                            + ", or * for every application.");
        }
        LocalDate validFrom = row.from("valid_from");
        BigDecimal upTo = row.number("up_to");
        if (upTo != null && upTo.signum() == 0) {
            faults.add(row.line(), "up_to = 0: a tier ends above zero; leave it empty for no end.");
        }
        BigDecimal price = row.required("price") == null ? null : row.number("price");
        Increment increment = new Increment(row.seconds("first_seconds", 60), row.seconds("next_seconds", 60));
        if (plan == null) {
            hidesPlans = true;
        } else {
            plans.add(plan);
        }
        if (plan != null && item != null && price != null && faults.size() == before) {
            tiers.computeIfAbsent(new Key(plan, item, appType.orElse(null), validFrom), key -> new ArrayList<>())
                    .add(new Row(row.line(), upTo, price, increment));
        }
    }

    private @Nullable Item item(ListRow row) {
        Optional<Item> item = Item.ofPrice(row.text("item"));
        if (item.isEmpty()) {
            faults.add(
                    row.line(),
                    "item = " + row.text("item")
                            + ": must be participant_minutes, recorded_minutes or session_minutes.");
        }
        return item.orElse(null);
    }

    private Schedule schedule(Map.Entry<Key, List<Row>> entry) {
        Key key = entry.getKey();
        List<Row> rows = entry.getValue().stream()
                .sorted(Comparator.comparing(Row::upTo, Comparator.nullsLast(Comparator.naturalOrder())))
                .toList();
        Row first = rows.get(0);
        Row last = rows.get(rows.size() - 1);
        List<Tier> steps = new ArrayList<>();
        for (Row row : rows) {
            if (!steps.isEmpty() && isSame(rows.get(steps.size() - 1).upTo, row.upTo)) {
                faults.add(
                        row.line,
                        "overlaps line " + rows.get(steps.size() - 1).line + ": both are the tier "
                                + (row.upTo == null ? "without an end" : "up to " + row.upTo.toPlainString()) + " of "
                                + key + ".");
            }
            if (!row.increment.equals(first.increment)) {
                faults.add(
                        row.line,
                        "counts by %d/%d seconds and line %d by %d/%d: the tiers of one price must count alike."
                                .formatted(
                                        row.increment.first(),
                                        row.increment.next(),
                                        first.line,
                                        first.increment.first(),
                                        first.increment.next()));
            }
            BigDecimal end = row.upTo == null ? null : row.upTo.multiply(SECONDS_OF_MINUTE);
            steps.add(new Tier(steps.size() + 1, end, row.price, row.line));
        }
        if (last.upTo != null) {
            faults.add(
                    last.line,
                    "is the last tier of " + key + ", and there is a gap above " + last.upTo.toPlainString()
                            + " minutes: add a row with an empty up_to.");
        }
        return new Schedule(key.plan, key.item, key.appType, key.validFrom, first.increment, steps);
    }

    private static boolean isSame(@Nullable BigDecimal one, @Nullable BigDecimal other) {
        return one == null || other == null ? one == other : one.compareTo(other) == 0;
    }

    private record Key(String plan, Item item, @Nullable AppType appType, LocalDate validFrom) {

        @Override
        public String toString() {
            return item.code() + " (" + (appType == null ? ANY : appType.code()) + ") of plan " + plan
                    + (validFrom.equals(LocalDate.MIN) ? "" : " from " + validFrom);
        }
    }

    private record Row(int line, @Nullable BigDecimal upTo, BigDecimal price, Increment increment) {}
}
