package dev.billingexport.report.rating;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.session.AppType;
import dev.billingexport.session.Period;
import dev.billingexport.session.SessionDetails;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds for every price list, customers and uses: each case is made up from its seed, so that one that fails is made
 * again by its number.
 */
class RatingInvariantsTest {

    private static final int CASES = 25;
    private static final LocalDate CHANGE = LocalDate.of(2026, 10, 16);

    @TempDir
    Path folder;

    static Stream<Case> cases() {
        return Stream.iterate(0L, seed -> seed + 1).limit(CASES).map(Case::new);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void tiersAddUpToTheWhole(Case each) {
        Tariff tariff = each.tariff(folder, each.prices(true));
        Charges charges = Lists.charges(tariff, each.sessions);

        Map<String, BigDecimal> used = new TreeMap<>();
        Map<String, BigDecimal> counted = new TreeMap<>();
        for (SessionDetails details : each.sessions) {
            Membership membership = tariff.customers()
                    .of(String.valueOf(details.session().userId()), tariff.day(details.session()))
                    .orElseThrow();
            Use.each(
                    details,
                    use -> tariff.prices()
                            .on(
                                    tariff.day(details.session()),
                                    membership.plan(),
                                    use.item(),
                                    details.session().appType())
                            .ifPresent(schedule -> {
                                used.merge(membership.customer(), use.seconds(), BigDecimal::add);
                                counted.merge(
                                        membership.customer(),
                                        schedule.increment().counted(use.seconds()),
                                        BigDecimal::add);
                            }));
        }
        charges.customers().forEach(customer -> {
            BigDecimal included = tariff.customers().terms(customer.customer()).includedSeconds();
            assertThat(customer.usedSeconds())
                    .isEqualByComparingTo(used.getOrDefault(customer.customer(), BigDecimal.ZERO));
            assertThat(customer.chargedSeconds())
                    .isEqualByComparingTo(counted.getOrDefault(customer.customer(), BigDecimal.ZERO)
                            .subtract(included)
                            .max(BigDecimal.ZERO));
        });
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theOrderOfTheUsesDecidesNothing(Case each) {
        Tariff tariff = each.tariff(folder, each.prices(true));
        List<SessionDetails> shuffled = new ArrayList<>(each.sessions);
        Collections.shuffle(shuffled, new Random(each.seed));

        assertThat(Lists.charges(tariff, shuffled).rows())
                .containsExactlyElementsOf(
                        Lists.charges(tariff, each.sessions).rows().toList());
    }

    /** Also for tiers, which are counted through the whole period. */
    @ParameterizedTest
    @MethodSource("cases")
    void pricesThatAreStatedAnewFromAMidnightOnChangeNothingButTheRounding(Case each) {
        Charges once = Lists.charges(each.tariff(folder, each.prices(false)), each.sessions);
        String prices = each.prices(false);
        String again = prices.lines()
                .skip(1)
                .map(row -> row.replaceFirst("^(p,\\w+,[^,]+),", "$1," + CHANGE))
                .reduce(prices, (list, row) -> list + row + "\n");
        Charges split = Lists.charges(each.tariff(folder, again), each.sessions);

        assertThat(exact(split, row -> true)).isEqualByComparingTo(exact(once, row -> true));
        long roundings = once.rows().count() + split.rows().count();
        assertThat(total(split).subtract(total(once)).abs())
                .isLessThanOrEqualTo(new BigDecimal("0.005").multiply(BigDecimal.valueOf(roundings)));
    }

    /** Tiers, included minutes and minimums are of a period, so that only a price without them can be split. */
    @ParameterizedTest
    @MethodSource("cases")
    void aPeriodThatIsSplitAtAMidnightCostsTheSameButForTheRounding(Case each) {
        String prices = Lists.PRICES
                + "p,participant_minutes,*,,,%s,%d,%d\np,recorded_minutes,*,,,0.013,30,6\n"
                        .formatted(each.price(), each.first, each.next);
        String customers = Lists.CUSTOMERS + "*,All,p,EUR,,,\n";
        Charges whole = Lists.charges(new Lists(folder).tariff(prices, customers), each.sessions);
        List<SessionDetails> early = each.sessions.stream()
                .filter(details ->
                        details.session().date().isBefore(CHANGE.atStartOfDay().toInstant(ZoneOffset.UTC)))
                .toList();
        List<SessionDetails> late = new ArrayList<>(each.sessions);
        late.removeAll(early);
        Period first = new Period(LocalDate.of(2026, 10, 1), CHANGE, ZoneOffset.UTC);
        Period second = new Period(CHANGE, LocalDate.of(2026, 11, 1), ZoneOffset.UTC);
        Charges ofFirst = Lists.charges(new Lists(folder).period(first).tariff(prices, customers), early);
        Charges ofSecond = Lists.charges(new Lists(folder).period(second).tariff(prices, customers), late);

        assertThat(exact(ofFirst, row -> true).add(exact(ofSecond, row -> true)))
                .isEqualByComparingTo(exact(whole, row -> true));
    }

    /** But for the rounding of each charge. A price that changes within the period may make earlier use cheapen later use. */
    @ParameterizedTest
    @MethodSource("cases")
    void moreUseNeverCostsLess(Case each) {
        Tariff tariff = each.tariff(folder, each.prices(false));
        List<SessionDetails> less = each.sessions.subList(0, each.sessions.size() - 1);

        assertThat(exact(Lists.charges(tariff, each.sessions), row -> true))
                .isGreaterThanOrEqualTo(exact(Lists.charges(tariff, less), row -> true));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void noCustomerIsChargedLessThanTheMinimumOrForAnotherOne(Case each) {
        Tariff tariff = each.tariff(folder, each.prices(true));
        Charges charges = Lists.charges(tariff, each.sessions);

        charges.customers().forEach(customer -> {
            assertThat(customer.total())
                    .isGreaterThanOrEqualTo(
                            tariff.customers().terms(customer.customer()).minimum());
            List<SessionDetails> own = each.sessions.stream()
                    .filter(details -> customer.customer()
                            .equals("C" + details.session().userId().charAt(1)))
                    .toList();
            assertThat(Lists.charges(tariff, own).rows()).containsExactlyElementsOf(charges.rows(customer.customer()));
        });
        assertThat(ChargeTotals.of(charges.rows()).total().in(Currency.getInstance("EUR")))
                .isEqualByComparingTo(
                        charges.customers().map(CustomerTotal::total).reduce(BigDecimal.ZERO, BigDecimal::add));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void daysAddUpToTheChargesWithoutMinimums(Case each) {
        Charges charges = Lists.charges(each.tariff(folder, each.prices(true)), each.sessions);
        ChargeTotals totals = ChargeTotals.of(charges.rows());
        DailyCharges daily = new DailyCharges(charges);
        each.sessions.forEach(daily::add);

        Currency euro = Currency.getInstance("EUR");
        for (AppType appType : AppType.values()) {
            assertThat(daily.shares(totals).values().stream()
                            .map(day -> day.getOrDefault(appType, Amounts.NONE).in(euro))
                            .reduce(BigDecimal.ZERO, BigDecimal::add))
                    .isEqualByComparingTo(totals.of(appType).in(euro));
        }
    }

    private static BigDecimal exact(Charges charges, Predicate<Charge> which) {
        return charges.rows()
                .filter(which)
                .filter(charge -> charge.item() != Item.MINIMUM)
                .map(charge -> charge.chargedSeconds().multiply(charge.unitPrice()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal total(Charges charges) {
        return charges.rows()
                .filter(charge -> charge.item() != Item.MINIMUM)
                .map(Charge::amount)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Customers C0 to C3 with a few users each, and their uses over the month. */
    private static final class Case {

        private static final String[] PRICES = {"0", "0.004", "0.0125", "0.1", "1.005", "33.333"};

        private final long seed;
        private final Random random;
        private final int first;
        private final int next;
        private final boolean byApplication;
        private final List<SessionDetails> sessions = new ArrayList<>();

        Case(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
            this.first = 1 + random.nextInt(60);
            this.next = 1 + random.nextInt(60);
            this.byApplication = random.nextBoolean();
            int count = 1 + random.nextInt(40);
            for (int i = 0; i < count; i++) {
                sessions.add(session());
            }
        }

        private SessionDetails session() {
            return Lists.session(
                    AppType.values()[random.nextInt(2)],
                    "u" + random.nextInt(4) + "-" + random.nextInt(3),
                    Instant.parse("2026-10-01T00:00:00Z").plusSeconds(random.nextInt(31 * 86_400)),
                    minutes(),
                    Stream.generate(this::minutes).limit(random.nextInt(4)).toList(),
                    Stream.generate(this::minutes).limit(random.nextInt(2)).toList());
        }

        private String minutes() {
            return new BigDecimal(random.nextInt(100_000) - 2_000)
                    .movePointLeft(2 + random.nextInt(3))
                    .toPlainString();
        }

        String price() {
            return PRICES[(int) (seed % PRICES.length)];
        }

        String prices(boolean dated) {
            Random own = new Random(seed);
            StringBuilder list = new StringBuilder(Lists.PRICES);
            for (String from : dated ? new String[] {"", CHANGE.toString()} : new String[] {""}) {
                for (Item item : new Item[] {Item.PARTICIPANT_MINUTES, Item.RECORDED_MINUTES, Item.SESSION_MINUTES}) {
                    for (String appType : byApplication ? new String[] {"vc", "wb"} : new String[] {"*"}) {
                        int tiers = own.nextInt(4);
                        for (int tier = 0; tier <= tiers; tier++) {
                            String upTo = tier == tiers ? "" : String.valueOf(10 * (tier + 1) * (1 + tier) + 0.25);
                            list.append("p,%s,%s,%s,%s,%s,%d,%d%n"
                                    .formatted(
                                            item.code(),
                                            appType,
                                            from,
                                            upTo,
                                            PRICES[own.nextInt(PRICES.length)],
                                            first,
                                            next));
                        }
                    }
                }
            }
            return list.toString();
        }

        Tariff tariff(Path folder, String prices) {
            StringBuilder customers = new StringBuilder(Lists.CUSTOMERS);
            for (int customer = 0; customer < 4; customer++) {
                for (int user = 0; user < 3; user++) {
                    customers.append("u%d-%d,C%d,p,EUR,%d,%d,%n"
                            .formatted(customer, user, customer, customer * 40, customer * 25));
                }
            }
            return new Lists(folder).tariff(prices, customers.toString());
        }

        @Override
        public String toString() {
            return "seed " + seed;
        }
    }
}
