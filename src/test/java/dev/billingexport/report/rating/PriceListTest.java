package dev.billingexport.report.rating;

import static dev.billingexport.report.rating.Lists.CUSTOMERS;
import static dev.billingexport.report.rating.Lists.PRICES;
import static dev.billingexport.report.rating.Lists.call;
import static dev.billingexport.report.rating.Lists.recording;
import static dev.billingexport.report.rating.Lists.rows;
import static dev.billingexport.report.rating.Lists.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billingexport.session.AppType;
import dev.billingexport.session.Period;
import java.nio.file.Path;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a price list can say, each by an example whose result was worked out by hand. */
class PriceListTest {

    @TempDir
    Path folder;

    private Lists lists;

    @BeforeEach
    void lists() {
        lists = new Lists(folder);
    }

    @ParameterizedTest
    @CsvSource({
        // 60/60 where nothing is said.
        "'', '', 0.01, 1.0000",
        "'', '', 1, 1.0000",
        "'', '', 1.01, 2.0000",
        "30, 6, 0.1, 0.5000",
        "30, 6, 0.5, 0.5000",
        // 30 + 6 seconds, then 30 + 2 x 6.
        "30, 6, 0.51, 0.6000",
        "30, 6, 0.61, 0.7000",
        "1, 1, 1.0001, 1.0167",
        // No time is no use.
        "30, 6, 0,",
        "30, 6, -5,"
    })
    void aUseCountsItsFirstSecondsAndThenInSteps(String first, String next, String minutes, String charged) {
        Tariff tariff = lists.tariff(PRICES + "p,participant_minutes,*,,,1,%s,%s".formatted(first, next));

        assertThat(rows(tariff, call("u-1", "2026-10-01", minutes)))
                .hasSize(charged == null ? 0 : 1)
                .allMatch(row -> row.contains(" " + charged + " 1 "));
    }

    @Test
    void eachItemHasItsOwnPrice() {
        Tariff tariff = lists.tariff(PRICES
                + "p,participant_minutes,vc,,,0.10,,\n"
                + "p,recorded_minutes,vc,,,0.02,,\n"
                + "p,session_minutes,vc,,,0.50,,\n");

        assertThat(rows(
                        tariff,
                        session(
                                AppType.VC,
                                "u-1",
                                Instant.parse("2026-10-01T12:00:00Z"),
                                "10.5",
                                List.of("9", "8.5"),
                                List.of("61"))))
                .containsExactly(
                        "u-1 u-1 vc participant_minutes 1 17.5000 18.0000 0.10 1.80 EUR 2",
                        "u-1 u-1 vc recorded_minutes 1 1.0167 2.0000 0.02 0.04 EUR 3",
                        "u-1 u-1 vc session_minutes 1 10.5000 11.0000 0.50 5.50 EUR 4");
    }

    @Test
    void anApplicationsOwnPriceGoesBeforeThatOfAll() {
        Tariff tariff = lists.tariff(
                PRICES + "p,participant_minutes,*,,,0.10,,\n" + "p,participant_minutes,wb,2026-10-15,,0.30,,\n");

        assertThat(rows(
                        tariff,
                        call(AppType.VC, "u-1", "2026-10-20", "10"),
                        call(AppType.WB, "u-1", "2026-10-14", "10"),
                        call(AppType.WB, "u-1", "2026-10-15", "10")))
                .containsExactly(
                        "u-1 u-1 vc participant_minutes 1 10.0000 10.0000 0.10 1.00 EUR 2",
                        "u-1 u-1 wb participant_minutes 1 10.0000 10.0000 0.10 1.00 EUR 2",
                        "u-1 u-1 wb participant_minutes 1 10.0000 10.0000 0.30 3.00 EUR 3");
    }

    /** 30 September, 22:30 UTC is the first of October in Berlin; 15 October, 22:30 UTC the sixteenth. */
    @Test
    void theDayOfUseDecidesInTheExportsZone() {
        lists.period(Period.of(YearMonth.of(2026, 10), ZoneId.of("Europe/Berlin")));
        Tariff tariff = lists.tariff(PRICES
                + "p,participant_minutes,*,2026-01-01,,0.10,,\n"
                + "p,participant_minutes,*,2026-10-16,,0.20,,\n"
                + "p,participant_minutes,*,2026-11-01,,9,,\n");

        assertThat(rows(
                        tariff,
                        session(
                                AppType.VC,
                                "u-1",
                                Instant.parse("2026-09-30T22:30:00Z"),
                                null,
                                List.of("10"),
                                List.of()),
                        session(
                                AppType.VC,
                                "u-1",
                                Instant.parse("2026-10-15T21:59:59.999Z"),
                                null,
                                List.of("20"),
                                List.of()),
                        session(
                                AppType.VC,
                                "u-1",
                                Instant.parse("2026-10-15T22:00:00Z"),
                                null,
                                List.of("40"),
                                List.of())))
                .containsExactly(
                        "u-1 u-1 vc participant_minutes 1 30.0000 30.0000 0.10 3.00 EUR 2",
                        "u-1 u-1 vc participant_minutes 1 40.0000 40.0000 0.20 8.00 EUR 3");
    }

    @ParameterizedTest
    @CsvSource({"999, 99.90", "1000, 100.00", "1001, 100.05", "2000, 150.00", "2500, 155.00"})
    void tiersAreGraduated(String minutes, String amount) {
        Tariff tariff = lists.tariff(PRICES
                + "p,participant_minutes,*,,2000,0.05,,\n"
                + "p,participant_minutes,*,,,0.01,,\n"
                + "p,participant_minutes,*,,1000,0.10,,\n");

        assertThat(ChargeTotals.of(Lists.charges(tariff, List.of(call("u-1", "2026-10-01", minutes)))
                                .rows())
                        .total()
                        .in(java.util.Currency.getInstance("EUR")))
                .isEqualByComparingTo(amount);
    }

    /** ACME uses 90 + 60 minutes: 100 in the first tier, which the first user fills with 90 and the second with 10. */
    @Test
    void tiersCountACustomersUsersTogetherAndApplicationsOfARow() {
        Tariff tariff = lists.tariff(
                PRICES + "p,participant_minutes,*,,100,0.10,,\n" + "p,participant_minutes,*,,,0.05,,\n",
                CUSTOMERS + "u-1,ACME,p,EUR,,,\nu-2,ACME,p,EUR,,,\nu-3,Other,p,EUR,,,\n");

        assertThat(rows(
                        tariff,
                        call(AppType.WB, "u-2", "2026-10-01", "60"),
                        call(AppType.VC, "u-1", "2026-10-02", "90"),
                        call(AppType.VC, "u-3", "2026-10-02", "90")))
                .containsExactly(
                        "ACME u-1 vc participant_minutes 1 90.0000 90.0000 0.10 9.00 EUR 2",
                        "ACME u-2 wb participant_minutes 1 10.0000 10.0000 0.10 1.00 EUR 2",
                        "ACME u-2 wb participant_minutes 2 50.0000 50.0000 0.05 2.50 EUR 3",
                        "Other u-3 vc participant_minutes 1 90.0000 90.0000 0.10 9.00 EUR 2");
    }

    /** 80 minutes before the change, 80 after it: 20 of these still are in the first tier. */
    @Test
    void tiersCountThroughAChangeOfPrice() {
        Tariff tariff = lists.tariff(PRICES
                + "p,participant_minutes,*,2026-01-01,100,0.10,,\n"
                + "p,participant_minutes,*,2026-01-01,,0.05,,\n"
                + "p,participant_minutes,*,2026-10-16,100,0.20,,\n"
                + "p,participant_minutes,*,2026-10-16,,0.10,,\n");

        assertThat(rows(tariff, call("u-1", "2026-10-20", "80"), call("u-1", "2026-10-10", "80")))
                .containsExactly(
                        "u-1 u-1 vc participant_minutes 1 80.0000 80.0000 0.10 8.00 EUR 2",
                        "u-1 u-1 vc participant_minutes 1 20.0000 20.0000 0.20 4.00 EUR 4",
                        "u-1 u-1 vc participant_minutes 2 60.0000 60.0000 0.10 6.00 EUR 5");
    }

    /** 120 are included: 100 participant minutes, then 20 of 50 recorded ones; the tiers count them too. */
    @Test
    void includedMinutesAreTheFirstOnes() {
        Tariff tariff = lists.tariff(
                PRICES
                        + "p,participant_minutes,*,,,0.10,,\n"
                        + "p,recorded_minutes,*,,40,0.20,,\n"
                        + "p,recorded_minutes,*,,,0.05,,\n",
                CUSTOMERS + "u-1,ACME,p,EUR,120,,\nu-2,ACME,p,EUR,120,,\n");

        assertThat(rows(
                        tariff,
                        call("u-1", "2026-10-01", "70"),
                        call("u-2", "2026-10-01", "30"),
                        recording("u-2", "2026-10-01", "3000")))
                .containsExactly(
                        "ACME u-1 vc participant_minutes included 70.0000 0.0000 0 0.00 EUR -",
                        "ACME u-2 vc participant_minutes included 30.0000 0.0000 0 0.00 EUR -",
                        "ACME u-2 vc recorded_minutes included 20.0000 0.0000 0 0.00 EUR -",
                        "ACME u-2 vc recorded_minutes 1 20.0000 20.0000 0.20 4.00 EUR 3",
                        "ACME u-2 vc recorded_minutes 2 10.0000 10.0000 0.05 0.50 EUR 4");
    }

    @Test
    void theMinimumIsTheCustomersAndInItsCurrency() {
        Tariff tariff = lists.tariff(
                PRICES + "p,participant_minutes,*,,,0.125,,\n",
                CUSTOMERS
                        + "u-1,ACME,p,KWD,,3.5,\nu-2,ACME,p,KWD,,3.5,\n"
                        + "u-3,Japan,p,JPY,,1,\nu-4,Idle,p,EUR,,10,\nu-5,Quiet,p,USD,,10,\n");

        assertThat(rows(
                        tariff,
                        call("u-1", "2026-10-01", "1"),
                        call("u-2", "2026-10-01", "2"),
                        call("u-3", "2026-10-01", "12"),
                        call("u-5", "2026-10-01", "0")))
                .containsExactly(
                        "ACME u-1 vc participant_minutes 1 1.0000 1.0000 0.125 0.125 KWD 2",
                        "ACME u-2 vc participant_minutes 1 2.0000 2.0000 0.125 0.250 KWD 2",
                        "ACME - - minimum - - - - 3.125 KWD -",
                        "Japan u-3 vc participant_minutes 1 12.0000 12.0000 0.125 2 JPY 2",
                        "Quiet - - minimum - - - - 10.00 USD -");
    }

    @Test
    void aUserChangesItsCustomerOnADayAndOthersAreAnybodys() {
        Tariff tariff = lists.tariff(
                PRICES + "a,participant_minutes,*,,,0.10,,\nb,participant_minutes,*,,,0.20,,\n",
                CUSTOMERS + "u-1,ACME,a,EUR,,,2026-01-01\nu-1,Beta,b,EUR,,,2026-10-16\n*,Others,b,USD,,,\n");

        assertThat(rows(
                        tariff,
                        call("u-1", "2026-10-15", "10"),
                        call("u-1", "2026-10-16", "10"),
                        call("u-9", "2026-10-16", "10"),
                        call("", "2026-10-16", "10")))
                .containsExactly(
                        "ACME u-1 vc participant_minutes 1 10.0000 10.0000 0.10 1.00 EUR 2",
                        "Beta u-1 vc participant_minutes 1 10.0000 10.0000 0.20 2.00 EUR 3",
                        "Others - vc participant_minutes 1 10.0000 10.0000 0.20 2.00 USD 3",
                        "Others u-9 vc participant_minutes 1 10.0000 10.0000 0.20 2.00 USD 3");
    }

    @Test
    void aUserWithoutACustomerIsNeverBilledForNothing() {
        Tariff tariff = lists.tariff(
                PRICES + "p,participant_minutes,*,,,0.10,,\n",
                CUSTOMERS + "u-1,ACME,p,EUR,,,2026-01-01\nu-2,ACME,p,EUR,,,2026-10-16\n");

        assertThatThrownBy(() -> rows(
                        tariff,
                        call("u-1", "2026-10-15", "10"),
                        call("u-2", "2026-10-15", "10"),
                        call("", "2026-10-15", "10")))
                .isInstanceOf(UnassignedUsersException.class)
                .hasMessageContaining("2 of the users (sessions without a user, u-2)");
        assertThat(tariff.isAssigned("u-2", Lists.day(15))).isFalse();
        assertThat(tariff.isAssigned("u-2", Lists.day(16))).isTrue();
    }

    /** 0.125 and 0.135 by one minute each, half a cent either way; a sum that is rounded once. */
    @ParameterizedTest
    @CsvSource({"HALF_EVEN, 0.12, 0.14", "HALF_UP, 0.13, 0.14"})
    void eachChargeIsRoundedOnce(RatingProperties.AmountRounding rounding, String first, String second) {
        Tariff tariff = lists.rounding(rounding)
                .tariff(PRICES + "p,participant_minutes,vc,,,0.125,,\np,participant_minutes,wb,,,0.045,,\n");

        assertThat(rows(
                        tariff,
                        call("u-1", "2026-10-01", "1"),
                        call(AppType.WB, "u-1", "2026-10-01", "1"),
                        call(AppType.WB, "u-1", "2026-10-01", "1"),
                        call(AppType.WB, "u-1", "2026-10-01", "1")))
                .containsExactly(
                        "u-1 u-1 vc participant_minutes 1 1.0000 1.0000 0.125 " + first + " EUR 2",
                        "u-1 u-1 wb participant_minutes 1 3.0000 3.0000 0.045 " + second + " EUR 3");
    }

    /** Each user pays for himself, also the minimum. */
    @Test
    void withoutCustomersThereIsOnePlanForAll() {
        Tariff tariff = lists.defaults("EUR", "5").tariff(PRICES + "p,participant_minutes,*,,,1,,\n");

        assertThat(rows(tariff, call("u-1", "2026-10-01", "3"), call("", "2026-10-01", "3")))
                .containsExactly(
                        "- - vc participant_minutes 1 3.0000 3.0000 1 3.00 EUR 2",
                        "u-1 u-1 vc participant_minutes 1 3.0000 3.0000 1 3.00 EUR 2",
                        "u-1 u-1 - minimum - - - - 2.00 EUR -");
    }
}
