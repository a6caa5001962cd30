package dev.billingexport.report.rating;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsLast;

import dev.billingexport.session.AppType;
import dev.billingexport.session.Session;
import dev.billingexport.session.SessionDetails;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Computes what each customer is charged. Holds a few sums for each user and no session. Thread-safe for reading once
 * all sessions are added.
 */
public final class Charges {

    /** Order within a customer: by user, application and item. The minimum, which has no application, is last. */
    private static final Comparator<Charge> ORDER = comparing(Charge::userId, nullsLast(naturalOrder()))
            .thenComparing(Charge::appType, nullsLast(naturalOrder()))
            .thenComparing(Charge::item)
            .thenComparing(Charge::plan, nullsLast(naturalOrder()));

    private final Tariff tariff;
    private final SortedMap<String, CustomerUse> customers = new TreeMap<>();
    private final SortedSet<String> unassigned = new TreeSet<>();
    private @Nullable Map<String, List<Charge>> byUser;

    /** Creates charges without any session. */
    public Charges(Tariff tariff) {
        this.tariff = tariff;
    }

    /** Returns the tariff that the charges follow. */
    public Tariff tariff() {
        return tariff;
    }

    /** Adds a session. Not thread-safe. */
    public void add(SessionDetails details) {
        Session session = details.session();
        String userId = Objects.requireNonNullElse(session.userId(), "");
        LocalDate day = tariff.day(session);
        tariff.customers()
                .of(userId, day)
                .ifPresentOrElse(membership -> add(details, userId, day, membership), () -> unassigned.add(userId));
    }

    private void add(SessionDetails details, String userId, LocalDate day, Membership membership) {
        AppType appType = details.session().appType();
        CustomerUse use = customers.computeIfAbsent(membership.customer(), customer -> new CustomerUse());
        use.add(userId);
        Use.each(
                details,
                each -> tariff.prices()
                        .on(day, membership.plan(), each.item(), appType)
                        .ifPresent(schedule -> use.add(schedule, userId, appType, each.seconds())));
    }

    /**
     * Returns the charges by customer, user, application and item, the minimum last.
     *
     * @throws UnassignedUsersException if some of the users belong to no customer
     */
    public Stream<Charge> rows() {
        if (!unassigned.isEmpty()) {
            throw new UnassignedUsersException(unassigned);
        }
        return customers.keySet().stream().flatMap(customer -> rows(customer).stream());
    }

    /** Returns the charges of one customer in the same order; empty where it had no session. */
    public List<Charge> rows(String customer) {
        CustomerUse use = customers.get(customer);
        if (use == null) {
            return List.of();
        }
        Terms terms = tariff.customers().terms(customer);
        List<Charge> charges = new ArrayList<>();
        use.read(new TierCount(terms.includedSeconds(), (schedule, userId, appType, tier, part) -> {
            BigDecimal charged = tier == null ? BigDecimal.ZERO : part.counted();
            BigDecimal price = tier == null ? BigDecimal.ZERO : tier.price();
            charges.add(new Charge(
                    customer,
                    schedule.plan(),
                    userId,
                    appType,
                    schedule.item(),
                    tier == null ? Charge.INCLUDED : String.valueOf(tier.number()),
                    tier == null ? null : tier.line(),
                    part.seconds(),
                    part.counted(),
                    price,
                    tariff.amount(charged, price, terms.currency()),
                    terms.currency()));
        }));
        charges.sort(ORDER);
        BigDecimal lack =
                terms.minimum().subtract(charges.stream().map(Charge::amount).reduce(BigDecimal.ZERO, BigDecimal::add));
        if (lack.signum() > 0) {
            charges.add(Charge.minimum(customer, tariff.customers().onlyUser(customer), lack, terms.currency()));
        }
        return charges;
    }

    /** Returns the charges of one user, whoever pays, in the same order. */
    public List<Charge> ofUser(String userId) {
        if (tariff.customers().onlyUser(userId) != null) {
            return rows(userId);
        }
        return byUser().getOrDefault(userId, List.of());
    }

    private synchronized Map<String, List<Charge>> byUser() {
        Map<String, List<Charge>> known = byUser;
        if (known == null) {
            known = rows().filter(charge -> charge.userId() != null)
                    .collect(Collectors.groupingBy(charge -> String.valueOf(charge.userId())));
            byUser = known;
        }
        return known;
    }

    /** Returns the total of each customer, by customer. */
    public Stream<CustomerTotal> customers() {
        return customers.keySet().stream()
                .map(customer -> CustomerTotal.of(customer, tariff.customers().terms(customer), rows(customer)));
    }

    /** Returns the customers with sessions, in order. */
    public List<String> customerNames() {
        return List.copyOf(customers.keySet());
    }

    /** Returns the users of a customer with sessions, in order. */
    public Set<String> users(String customer) {
        return use(customer).userIds();
    }

    /** Returns whether a customer pays for a session. */
    public boolean isPaidBy(String customer, Session session) {
        return tariff.customers()
                .of(Objects.requireNonNullElse(session.userId(), ""), tariff.day(session))
                .filter(membership -> membership.customer().equals(customer))
                .isPresent();
    }

    CustomerUse use(String customer) {
        return Objects.requireNonNull(customers.get(customer), customer);
    }
}
