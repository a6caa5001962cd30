package dev.billingexport.report.rating;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Knows who pays for which user. Immutable and thread-safe. */
interface Customers {

    /**
     * @param userId empty for sessions without a user
     * @return empty where the user belongs to no customer on that day
     */
    Optional<Membership> of(String userId, LocalDate day);

    /** @param customer from a {@link Membership} */
    Terms terms(String customer);

    /** Returns the user that a customer's minimum belongs to; null where a customer may have several users. */
    @Nullable
    String onlyUser(String customer);

    /** Returns the terms of all customers. */
    Stream<Terms> all();

    /** Each user pays for itself, all by the same plan. Sessions without a user have no minimum. */
    record EachUser(String plan, Terms ofUser, Terms ofNobody) implements Customers {

        static EachUser of(String plan, RatingProperties properties, Currency currency) {
            BigDecimal minimum = properties.rounded(properties.minimum(), currency);
            return new EachUser(
                    plan,
                    new Terms(currency, BigDecimal.ZERO, minimum),
                    new Terms(currency, BigDecimal.ZERO, BigDecimal.ZERO));
        }

        @Override
        public Optional<Membership> of(String userId, LocalDate day) {
            return Optional.of(new Membership(userId, plan));
        }

        @Override
        public Terms terms(String customer) {
            return customer.isEmpty() ? ofNobody : ofUser;
        }

        @Override
        public Stream<Terms> all() {
            return Stream.of(ofUser);
        }

        @Override
        public String onlyUser(String customer) {
            return customer;
        }
    }
}
