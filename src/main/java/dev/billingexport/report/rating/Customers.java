package dev.billingexport.report.rating;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who pays for whom. Immutable and safe for many threads. */
interface Customers {

    /**
     * @param userId empty for sessions that name no user
     * @return empty where nobody pays for the user on that day
     */
    Optional<Membership> of(String userId, LocalDate day);

    /** @param customer of a {@link Membership} */
    Terms terms(String customer);

    /** The user that a customer's minimum belongs to; null where a customer may have several. */
    @Nullable
    String onlyUser(String customer);

    /** What is agreed with all of them. */
    Stream<Terms> all();

    /** Each user pays for himself, all by the same plan; sessions that name no user have no minimum. */
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
