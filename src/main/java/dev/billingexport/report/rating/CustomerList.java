package dev.billingexport.report.rating;

import java.time.LocalDate;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Customers from a list.
 *
 * @param members by user and first valid day; {@link #ANYBODY} for users without a row of their own
 */
record CustomerList(Map<String, NavigableMap<LocalDate, Membership>> members, Map<String, Terms> terms)
        implements Customers {

    static final String ANYBODY = "*";

    @Override
    public Optional<Membership> of(String userId, LocalDate day) {
        Membership own = newest(userId, day);
        return Optional.ofNullable(own != null ? own : newest(ANYBODY, day));
    }

    private @Nullable Membership newest(String userId, LocalDate day) {
        NavigableMap<LocalDate, Membership> dated = members.get(userId);
        Map.Entry<LocalDate, Membership> entry = dated == null ? null : dated.floorEntry(day);
        return entry == null ? null : entry.getValue();
    }

    @Override
    public Terms terms(String customer) {
        return Objects.requireNonNull(terms.get(customer), customer);
    }

    @Override
    public Stream<Terms> all() {
        return terms.values().stream();
    }

    @Override
    public @Nullable String onlyUser(String customer) {
        return null;
    }
}
