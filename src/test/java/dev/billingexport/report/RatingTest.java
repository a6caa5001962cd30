package dev.billingexport.report;

import static dev.billingexport.report.Month.callDetail;
import static dev.billingexport.report.Month.recording;
import static dev.billingexport.report.Month.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billingexport.report.rating.RatingProperties;
import dev.billingexport.report.rating.RatingProperties.AmountRounding;
import dev.billingexport.report.rating.RatingProperties.Prices;
import dev.billingexport.report.rating.RatingProperties.RoundUp;
import dev.billingexport.report.rating.Tariff;
import dev.billingexport.session.AppType;
import dev.billingexport.session.CallDetail;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Examples whose results were worked out by hand. */
class RatingTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "1.01666,            MINUTE, 2.0000, 1.20",
        "1.01666,            SECOND, 1.0167, 0.61",
        "1.01666,            NONE,   1.0167, 0.61",
        // A hair more than 61 seconds, as a binary number writes them, is more.
        "1.0166666666666667, SECOND, 1.0333, 0.62"
    })
    void aCallOfSixtyOneSeconds(String stated, RoundUp roundUp, String quantity, String amount) throws IOException {
        assertThat(charges(oneCall(stated), rating("EUR", roundUp, AmountRounding.HALF_EVEN, "0.6", "0")))
                .containsExactly("u-1,Ada,vc,participant_minutes," + quantity + ",0.6," + amount + ",EUR");
    }

    @ParameterizedTest
    @CsvSource({"MINUTE, 2.0000, 1.20", "SECOND, 1.0167, 0.61", "NONE, 1.0167, 0.61"})
    void aRecordingOfSixtyOneSeconds(RoundUp roundUp, String quantity, String amount) throws IOException {
        Month month = new Month()
                .with(session("s-1", "u-1", "Ada", "2026-10-01T00:00:00Z", "1", AppType.VC), recording(1, "61", "1"));

        assertThat(charges(month, rating("EUR", roundUp, AmountRounding.HALF_EVEN, "0.6", "0")))
                .containsExactly("u-1,Ada,vc,recorded_minutes," + quantity + ",0.6," + amount + ",EUR");
    }

    @ParameterizedTest
    @CsvSource({"HALF_EVEN, 0.125, 0.12", "HALF_UP, 0.125, 0.13", "HALF_EVEN, 0.135, 0.14", "HALF_UP, 0.135, 0.14"})
    void halfACent(AmountRounding rounding, String price, String amount) throws IOException {
        assertThat(charges(oneCall("1"), rating("EUR", RoundUp.MINUTE, rounding, price, "0")))
                .containsExactly("u-1,Ada,vc,participant_minutes,1.0000," + price + "," + amount + ",EUR");
    }

    @ParameterizedTest
    @CsvSource({"JPY, 12.5, 13", "KWD, 0.0125, 0.013", "EUR, 0.0125, 0.01"})
    void amountsHaveTheDigitsOfTheirCurrency(String currency, String price, String amount) throws IOException {
        assertThat(charges(oneCall("1"), rating(currency, RoundUp.MINUTE, AmountRounding.HALF_UP, price, "0")))
                .containsExactly("u-1,Ada,vc,participant_minutes,1.0000," + price + "," + amount + "," + currency);
    }

    @Test
    void theSumIsRoundedAndNotItsParts() throws IOException {
        Month month = new Month()
                .with(
                        session("s-1", "u-1", "Ada", "2026-10-01T00:00:00Z", "1", AppType.VC),
                        callDetail("1", "Ada", "2026-10-01T00:00:00Z", "1"),
                        callDetail("2", "Bo", "2026-10-01T00:00:00Z", "1"),
                        callDetail("3", "Cy", "2026-10-01T00:00:00Z", "1"));

        assertThat(charges(month, rating("EUR", RoundUp.NONE, AmountRounding.HALF_EVEN, "0.004", "0")))
                .containsExactly("u-1,Ada,vc,participant_minutes,3.0000,0.004,0.01,EUR");
    }

    @Test
    void aUserBelowTheMinimumIsToppedUpOnceForAllApplications() throws IOException {
        Month month = new Month()
                .with(
                        session("s-1", "u-1", "Ada", "2026-10-01T00:00:00Z", "1", AppType.VC),
                        callDetail("1", "Ada", "2026-10-01T00:00:00Z", "1"))
                .with(
                        session("s-2", "u-1", "Ada", "2026-10-02T00:00:00Z", "1", AppType.WB),
                        callDetail("1", "Ada", "2026-10-02T00:00:00Z", "2"))
                .with(session("s-3", "u-2", "Bo", "2026-10-03T00:00:00Z", "1", AppType.VC))
                .with(
                        session("s-4", "u-3", "Cy", "2026-10-04T00:00:00Z", "1", AppType.VC),
                        callDetail("1", "Cy", "2026-10-04T00:00:00Z", "5"))
                .with(
                        session("s-5", null, null, "2026-10-05T00:00:00Z", "1", AppType.VC),
                        callDetail("1", "Di", "2026-10-05T00:00:00Z", "1"));

        assertThat(charges(month, rating("EUR", RoundUp.MINUTE, AmountRounding.HALF_EVEN, "1", "5")))
                .containsExactly(
                        ",,vc,participant_minutes,1.0000,1,1.00,EUR",
                        "u-1,Ada,vc,participant_minutes,1.0000,1,1.00,EUR",
                        "u-1,Ada,wb,participant_minutes,2.0000,1,2.00,EUR",
                        "u-1,Ada,,minimum,,,2.00,EUR",
                        "u-2,Bo,,minimum,,,5.00,EUR",
                        "u-3,Cy,vc,participant_minutes,5.0000,1,5.00,EUR");
    }

    /** A negative time would take from what others cost. */
    @Test
    void whatIsBelowZeroIsChargedAsZero() throws IOException {
        Month month = new Month()
                .with(
                        session("s-1", "u-1", "Ada", "2026-10-01T00:00:00Z", "-600.5", AppType.VC),
                        callDetail("1", "Ada", "2026-10-01T00:00:00Z", "-600.5"),
                        callDetail("2", "Bo", "2026-10-01T00:00:00Z", "7"),
                        recording(1, "-90", "1"),
                        recording(2, "60", "-1"))
                .with(
                        session("s-2", "u-2", "Bo", "2026-10-01T00:00:00Z", "1", AppType.VC),
                        callDetail("1", "Bo", "2026-10-01T00:00:00Z", "-1"));

        assertThat(charges(month, rating("EUR", RoundUp.MINUTE, AmountRounding.HALF_EVEN, "1", "5")))
                .containsExactly(
                        "u-1,Ada,vc,participant_minutes,7.0000,1,7.00,EUR",
                        "u-1,Ada,vc,recorded_minutes,1.0000,1,1.00,EUR",
                        "u-2,Bo,,minimum,,,5.00,EUR");
    }

    @ParameterizedTest
    @CsvSource({
        // The same one twice, be its number written otherwise.
        "L-1, 2,   L-1, 2,   2.0000",
        "L-1, 2.0, L-1, 2,   2.0000",
        // Another connection of the same id, and two that have none.
        "L-1, 2,   L-1, 3,   5.0000",
        "L-1, 2,   L-2, 2,   4.0000",
        ",    2,   ,    2,   4.0000",
        "' ', 2,   ' ', 2,   4.0000"
    })
    void equalCallDetailsOfASessionAreChargedOnce(
            String firstId, String first, String secondId, String second, String quantity) throws IOException {
        Month month = new Month()
                .with(
                        session("s-1", "u-1", "Ada", "2026-10-01T00:00:00Z", "1", AppType.VC),
                        logged(firstId, first),
                        logged(secondId, second));

        assertThat(charges(month, rating("EUR", RoundUp.MINUTE, AmountRounding.HALF_EVEN, "1", "0")))
                .singleElement()
                .asString()
                .startsWith("u-1,Ada,vc,participant_minutes," + quantity);
    }

    /** In two sessions they are two connections for all that anybody can tell; the finding says where to look. */
    @Test
    void equalCallDetailsOfTwoSessionsAreChargedTwice() throws IOException {
        Month month = new Month()
                .with(session("s-1", "u-1", "Ada", "2026-10-01T00:00:00Z", "1", AppType.VC), logged("L-1", "2"))
                .with(session("s-2", "u-1", "Ada", "2026-10-01T00:00:00Z", "1", AppType.VC), logged("L-1", "2"));

        assertThat(charges(month, rating("EUR", RoundUp.MINUTE, AmountRounding.HALF_EVEN, "1", "0")))
                .containsExactly("u-1,Ada,vc,participant_minutes,4.0000,1,4.00,EUR");
    }

    private static CallDetail logged(@Nullable String callLogId, String minutes) {
        CallDetail detail = callDetail("1", "Ada", "2026-10-01T00:00:00Z", minutes);
        return new CallDetail(
                "1",
                callLogId,
                detail.connectDt(),
                detail.disconnectDt(),
                detail.duration(),
                detail.userRef(),
                detail.name(),
                detail.role(),
                detail.ip(),
                detail.agent());
    }

    @Test
    void withoutACurrencyThereAreNoPricesAnywhere() throws IOException {
        Report report =
                new Report(Month.head(Month.UTC), Months.plain(), Month.properties(Format.values()), Month.unrated());

        assertThat(Rendered.names(report)).doesNotContain("charges.csv");
        report.render("report.html", folder);
        report.render("billing_2026-10.xlsx", folder);
        assertThat(folder.resolve("report.html")).content().doesNotContainIgnoringCase("charge");
        try (XSSFWorkbook workbook =
                new XSSFWorkbook(folder.resolve("billing_2026-10.xlsx").toFile().getPath())) {
            assertThat(workbook.getSheet("Charges")).isNull();
            workbook.getSheet("Summary")
                    .forEach(row ->
                            row.forEach(cell -> assertThat(cell.toString()).doesNotContainIgnoringCase("charge")));
        }
    }

    @Test
    void aCurrencyWithoutAmountsIsRefused() {
        assertThatThrownBy(() -> rating("XAU", RoundUp.NONE, AmountRounding.HALF_UP, "1", "0"))
                .rootCause()
                .hasMessageContaining("XAU");
    }

    @ParameterizedTest
    @CsvSource({"r.prices.vc.participant-minute, 0.004", "r.prices.wb.recorded-minute, 0", "r.minimum, 5"})
    void amountsWithoutACurrencyAreRefused(String property, String amount) {
        assertThatThrownBy(() -> new Binder(new MapConfigurationPropertySource(Map.of(property, amount)))
                        .bind("r", RatingProperties.class))
                .rootCause()
                .hasMessageContaining("export.rating.currency is missing");
    }

    @Test
    void propertiesAreBound() {
        RatingProperties properties = new Binder(new MapConfigurationPropertySource(Map.of(
                        "r.currency", "EUR",
                        "r.prices.vc.participant-minute", "0.004",
                        "r.prices.wb.recorded-minute", "0.01",
                        "r.round-up-to", "second",
                        "r.amount-rounding", "half-up",
                        "r.minimum", "5")))
                .bind("r", RatingProperties.class)
                .get();

        assertThat(properties)
                .isEqualTo(new RatingProperties(
                        Currency.getInstance("EUR"),
                        Map.of(
                                AppType.VC, new Prices(new BigDecimal("0.004"), BigDecimal.ZERO),
                                AppType.WB, new Prices(BigDecimal.ZERO, new BigDecimal("0.01"))),
                        RoundUp.SECOND,
                        AmountRounding.HALF_UP,
                        BigDecimal.valueOf(5),
                        null,
                        null));
        RatingProperties defaults =
                new Binder(new MapConfigurationPropertySource()).bindOrCreate("r", RatingProperties.class);
        assertThat(defaults)
                .isEqualTo(new RatingProperties(
                        null, Map.of(), RoundUp.MINUTE, AmountRounding.HALF_EVEN, BigDecimal.ZERO, null, null));
        assertThat(Tariff.of(defaults, Month.head(Month.UTC).period(), List.of(AppType.VC)))
                .isEmpty();
    }

    private List<String> charges(Month month, Tariff rating) throws IOException {
        new Report(Month.head(Month.UTC), month, Month.properties(Format.CSV), rating).render("charges.csv", folder);
        List<String> lines = Files.readAllLines(folder.resolve("charges.csv"));
        assertThat(lines.get(0)).isEqualTo("user_id,user_name,app_type,item,quantity,unit_price,amount,currency");
        return lines.subList(1, lines.size());
    }

    private static Month oneCall(String minutes) {
        return new Month()
                .with(
                        session("s-1", "u-1", "Ada", "2026-10-01T00:00:00Z", "1", AppType.VC),
                        callDetail("1", "Ada", "2026-10-01T00:00:00Z", minutes));
    }

    private static Tariff rating(
            String currency, RoundUp roundUp, AmountRounding rounding, String price, String minimum) {
        return Month.rated(
                "currency=" + currency,
                "prices.vc.participant-minute=" + price,
                "prices.vc.recorded-minute=" + price,
                "prices.wb.participant-minute=" + price,
                "prices.wb.recorded-minute=" + price,
                "round-up-to=" + roundUp,
                "amount-rounding=" + rounding,
                "minimum=" + minimum);
    }
}
