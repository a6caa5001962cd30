package dev.billingexport.report.rating;

import static dev.billingexport.report.rating.Lists.CUSTOMERS;
import static dev.billingexport.report.rating.Lists.PRICES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** All that can be wrong with a list is told before anything starts, with its line. */
class ListFaultsTest {

    private static final String GOOD = PRICES + "p,participant_minutes,*,,,0.1,,\n";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ",participant_minutes,*,,,1,, | line 2: plan is empty.",
                "p,minutes,*,,,1,, | line 2: item = minutes: must be participant_minutes, recorded_minutes or session_minutes.",
                "p,minimum,*,,,1,, | line 2: item = minimum: must be",
                "p,participant_minutes,,,,1,, | line 2: app_type = : must be one of vc, wb",
                "p,participant_minutes,audio,,,1,, | line 2: app_type = audio: must be one of vc, wb",
                "p,participant_minutes,*,,,,, | line 2: price is empty.",
                "p,participant_minutes,*,,,-1,, | line 2: price = -1: must be a number such as 0.004, and not negative.",
                "p,participant_minutes,*,,,'1,5',, | has 9 cells, the header 8",
                "p,participant_minutes,*,,,1e3,, | line 2: price = 1e3: must be a number",
                "p,participant_minutes,*,2026-13-01,,1,, | line 2: valid_from = 2026-13-01: must be a day such as 2026-10-01.",
                "p,participant_minutes,*,1.10.2026,,1,, | line 2: valid_from = 1.10.2026: must be a day",
                "p,participant_minutes,*,,0,1,, | line 2: up_to = 0: a tier ends above zero",
                "p,participant_minutes,*,,many,1,, | line 2: up_to = many: must be a number",
                "p,participant_minutes,*,,,1,0,60 | line 2: first_seconds = 0: must be a whole number of seconds, at least 1.",
                "p,participant_minutes,*,,,1,60,0.5 | line 2: next_seconds = 0.5: must be a whole number of seconds, at least 1.",
                "p,participant_minutes,*,,100,1,, | line 2: is the last tier of participant_minutes (*) of plan p, and there is a gap above 100 minutes: add a row with an empty up_to.",
                "p,participant_minutes,*,2026-10-02,,1,, | line 2: is the first price of participant_minutes (vc) of plan p, and holds from 2026-10-02: there is none for the days from 2026-10-01 on.",
                "p,participant_minutes,*,2027-01-01,,1,, | there is none for the days from 2026-10-01 on."
            })
    void aRowOfPrices(String row, String fault) {
        assertThat(faults(PRICES + row.replace("'", "") + "\n", null))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("export.rating.price-list = " + folder.resolve("prices.csv"))
                        .contains(fault));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "p,participant_minutes,*,,,1,, | p,participant_minutes,*,,,2,, | line 3: overlaps line 2: both are the tier without an end of participant_minutes (*) of plan p.",
                "p,participant_minutes,vc,2026-01-01,100,1,, | p,participant_minutes,vc,2026-01-01,100.0,2,, | line 3: overlaps line 2: both are the tier up to 100.0 of participant_minutes (vc) of plan p from 2026-01-01.",
                "p,participant_minutes,*,,100,1,60,60 | p,participant_minutes,*,,,2,30,6 | line 3: counts by 30/6 seconds and line 2 by 60/60: the tiers of one price must count alike.",
                "p,participant_minutes,*,,,1,, | q,participant_minutes,*,,,1,, | It has the plans p, q, but export.rating.customers is not set, which assigns customers to plans."
            })
    void twoRowsOfPrices(String row, String other, String fault) {
        assertThat(faults(PRICES + row + "\n" + other + "\n", null))
                .anySatisfy(line -> assertThat(line).contains(fault));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ",ACME,p,EUR,,, | line 2: user_id is empty.",
                "u-1,,p,EUR,,, | line 2: customer is empty.",
                "u-1,ACME,,EUR,,, | line 2: plan is empty.",
                "u-1,ACME,gold,EUR,,, | line 2: the price list has no plan gold; it has p.",
                "u-1,ACME,p,EURO,,, | line 2: currency = EURO: must be a currency that amounts can be written in, such as EUR.",
                "u-1,ACME,p,XAU,,, | line 2: currency = XAU",
                "u-1,ACME,p,EUR,-1,, | line 2: included_minutes = -1: must be a number",
                "u-1,ACME,p,EUR,,5.001, | line 2: minimum = 5.001: has more decimals than EUR.",
                "u-1,ACME,p,JPY,,5.5, | line 2: minimum = 5.5: has more decimals than JPY.",
                "u-1,ACME,p,EUR,,,yesterday | line 2: valid_from = yesterday: must be a day"
            })
    void aRowOfCustomers(String row, String fault) {
        assertThat(faults(GOOD, CUSTOMERS + row + "\n"))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("export.rating.customers = " + folder.resolve("customers.csv"))
                        .contains(fault));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "u-1,ACME,p,EUR,,, | u-1,Beta,p,EUR,,, | line 3: overlaps line 2: both say who pays for u-1.",
                "u-1,ACME,p,EUR,,,2026-10-01 | u-1,Beta,p,EUR,,,2026-10-01 | line 3: overlaps line 2: both say who pays for u-1 from 2026-10-01.",
                "u-1,ACME,p,EUR,,, | u-2,ACME,p,USD,,, | line 3: currency of ACME is USD here and EUR in line 2: it must be the same in all rows of a customer.",
                "u-1,ACME,p,EUR,100,, | u-2,ACME,p,EUR,200,, | line 3: included_minutes of ACME is 200 here and 100 in line 2",
                "u-1,ACME,p,EUR,,5, | u-2,ACME,p,EUR,,6, | line 3: minimum of ACME is 6 here and 5 in line 2"
            })
    void twoRowsOfCustomers(String row, String other, String fault) {
        assertThat(faults(GOOD, CUSTOMERS + row + "\n" + other + "\n"))
                .anySatisfy(line -> assertThat(line).contains(fault));
    }

    /** What one row of a customer says holds for all of them; what no longer holds contradicts nothing. */
    @Test
    void rowsThatAgree() {
        new Lists(folder)
                .tariff(
                        GOOD,
                        CUSTOMERS
                                + "u-1,ACME,p,EUR,100,5,\nu-2,ACME,p,EUR,,,\nu-3,ACME,p,EUR,100.0,5.00,\n"
                                + "u-4,Beta,p,EUR,10,5,2026-01-01\nu-4,Beta,p,EUR,20,6,2026-10-10\n"
                                + "u-5,Past,p,USD,,,2025-01-01\nu-5,Past,p,EUR,,,2026-01-01\n");
    }

    @Test
    void everyFaultOfBothListsIsToldAtOnce() {
        List<String> faults = faults(
                PRICES + "p,participant_minutes,*,,,x,,\np,minutes,*,,,1,,\n\n,,,,,,,\np,recorded_minutes,*,,5,1,,\n",
                CUSTOMERS + "u-1,ACME,q,EUR,,,\n\"u-\n2\",ACME,p,EUR,x,,\nu-3,ACME,p,QQQ,,,\n");

        assertThat(faults)
                .extracting(fault -> fault.replaceFirst(".*, (line \\d+): .*", "$1"))
                .containsExactly("line 2", "line 3", "line 6", "line 2", "line 3", "line 5");
    }

    @Test
    void aCurrencyIsNeededSomewhere() {
        Lists lists = new Lists(folder).defaults(null, "0");

        assertThat(catchThrowableOfType(ListException.class, () -> lists.tariff(GOOD, CUSTOMERS + "u-1,ACME,p,,,,\n"))
                        .complaints())
                .singleElement()
                .asString()
                .contains("line 2: currency is empty, and there is no export.rating.currency.");
    }

    @Test
    void aMinimumOfAnotherCurrencyIsNoMinimum() {
        Lists lists = new Lists(folder).defaults("EUR", "5");

        assertThat(catchThrowableOfType(
                                ListException.class, () -> lists.tariff(GOOD, CUSTOMERS + "u-1,ACME,p,USD,,,\n"))
                        .complaints())
                .singleElement()
                .asString()
                .contains(
                        "line 2: minimum is empty, and export.rating.minimum is in another currency: give it in USD.");
    }

    @Test
    void aPlanThatIsUsedNeedsAPriceForWhatIsCollected() {
        assertThat(faults(
                        PRICES + "p,participant_minutes,*,,,1,,\nq,participant_minutes,*,,,1,,\n",
                        CUSTOMERS + "u-1,ACME,p,EUR,,,\nu-2,ACME,r,EUR,,,\n"))
                .singleElement()
                .asString()
                .contains("line 3: the price list has no plan r; it has p, q.");
    }

    /** A fault of the price list that hides plans is told alone: the customers' plans may well be right. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "plan;item;app_type;price\nq;participant_minutes;*;1\n",
                "",
                PRICES,
                PRICES + "p,participant_minutes,*,,,0.1,,\nq,participant_minutes,*,,,0,1,,\n",
                PRICES + "p,participant_minutes,*,,,0.1,,\n,participant_minutes,*,,,0.1,,\n"
            })
    void plansThatTheListHidesAreNotMissed(String prices) {
        assertThat(faults(prices, CUSTOMERS + "u-1,ACME,q,EUR,,,\nu-2,Beta,q,EUR,,,\n"))
                .singleElement()
                .asString()
                .startsWith("export.rating.price-list");
    }

    @Test
    void filesThatAreNoLists() throws IOException {
        assertThat(faults("", null)).singleElement().asString().contains("It is empty: the header must be plan,item");
        assertThat(faults("plan;item;app_type;price\np;participant_minutes;*;1\n", null))
                .singleElement()
                .asString()
                .contains("line 1: the header must have the columns plan, item, app_type, price")
                .contains("separated by commas; it is plan;item;app_type;price.");
        assertThat(faults("plan,item,app_type,price,prize\n", null))
                .singleElement()
                .asString()
                .contains("line 1: the header must have");
        assertThat(faults(PRICES, null)).singleElement().asString().contains("It has no price.");
        assertThat(faults(GOOD, CUSTOMERS)).singleElement().asString().contains("It names no user.");
        Files.write(folder.resolve("latin.csv"), (GOOD + "ü").getBytes(StandardCharsets.ISO_8859_1));
        assertThat(faults(folder.resolve("latin.csv")))
                .singleElement()
                .asString()
                .contains("It is not in UTF-8");
        assertThat(faults(folder.resolve("none.csv")))
                .singleElement()
                .asString()
                .contains("the file doesn't exist");
    }

    /** As a spreadsheet writes them: a byte order mark, CRLF, blanks, columns in another order, quotes. */
    @Test
    void filesFromASpreadsheet() {
        Tariff tariff = new Lists(folder)
                .tariff(
                        "\uFEFFprice , app_type,item,plan\r\n\"0.1\", vc ,participant_minutes,\" Plan, gold \"\r\n\r\n");

        assertThat(tariff.prices().plans()).containsExactly("Plan, gold");
    }

    private List<String> faults(String prices, String customers) {
        Lists lists = new Lists(folder);
        return catchThrowableOfType(ListException.class, () -> lists.tariff(prices, customers))
                .complaints();
    }

    private static List<String> faults(Path file) {
        RatingProperties properties = new RatingProperties(
                Currency.getInstance("EUR"),
                Map.of(),
                RatingProperties.RoundUp.MINUTE,
                RatingProperties.AmountRounding.HALF_EVEN,
                java.math.BigDecimal.ZERO,
                file,
                null);
        return catchThrowableOfType(ListException.class, () -> Tariff.of(properties, Lists.OCTOBER, List.of()))
                .complaints();
    }
}
