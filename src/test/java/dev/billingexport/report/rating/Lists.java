package dev.billingexport.report.rating;

import dev.billingexport.session.AppType;
import dev.billingexport.session.CallDetail;
import dev.billingexport.session.Period;
import dev.billingexport.session.Recording;
import dev.billingexport.session.Session;
import dev.billingexport.session.SessionDetails;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Price lists, customers and uses of October 2026, for tests whose results can be worked out by hand. */
final class Lists {

    static final String PRICES = "plan,item,app_type,valid_from,up_to,price,first_seconds,next_seconds\n";
    static final String CUSTOMERS = "user_id,customer,plan,currency,included_minutes,minimum,valid_from\n";

    static final Period OCTOBER = Period.of(YearMonth.of(2026, 10), ZoneId.of("UTC"));

    private final Path folder;
    private Period period = OCTOBER;
    private RatingProperties.AmountRounding rounding = RatingProperties.AmountRounding.HALF_EVEN;
    private @Nullable String currency = "EUR";
    private String minimum = "0";

    Lists(Path folder) {
        this.folder = folder;
    }

    Lists period(Period other) {
        period = other;
        return this;
    }

    Lists defaults(@Nullable String otherCurrency, String otherMinimum) {
        currency = otherCurrency;
        minimum = otherMinimum;
        return this;
    }

    Lists rounding(RatingProperties.AmountRounding other) {
        rounding = other;
        return this;
    }

    /** Each user pays for himself. */
    Tariff tariff(String prices) {
        return tariff(prices, null);
    }

    Tariff tariff(String prices, @Nullable String customers) {
        RatingProperties properties = new RatingProperties(
                currency == null ? null : Currency.getInstance(currency),
                Map.of(),
                RatingProperties.RoundUp.MINUTE,
                rounding,
                new BigDecimal(minimum),
                write("prices.csv", prices),
                customers == null ? null : write("customers.csv", customers));
        return Tariff.of(properties, period, List.of(AppType.values())).orElseThrow();
    }

    Path write(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A session at noon with one call detail. */
    static SessionDetails call(String userId, String day, String minutes) {
        return call(AppType.VC, userId, day, minutes);
    }

    static SessionDetails call(AppType appType, String userId, String day, String minutes) {
        return session(appType, userId, Instant.parse(day + "T12:00:00Z"), null, List.of(minutes), List.of());
    }

    static SessionDetails recording(String userId, String day, String seconds) {
        return session(AppType.VC, userId, Instant.parse(day + "T12:00:00Z"), null, List.of(), List.of(seconds));
    }

    static SessionDetails session(
            AppType appType,
            String userId,
            Instant date,
            @Nullable String duration,
            Collection<String> minutes,
            Collection<String> seconds) {
        Session session = new Session(
                "s",
                null,
                null,
                userId.isEmpty() ? null : userId,
                null,
                date,
                date,
                date,
                duration == null ? null : new BigDecimal(duration),
                appType);
        List<CallDetail> calls = new ArrayList<>();
        for (String each : minutes) {
            calls.add(new CallDetail(
                    String.valueOf(calls.size()),
                    null,
                    date,
                    date,
                    new BigDecimal(each),
                    null,
                    null,
                    null,
                    null,
                    null));
        }
        return SessionDetails.of(
                1,
                session,
                calls,
                seconds.stream()
                        .map(each -> new Recording(null, new BigDecimal(each), null, date, date, null))
                        .toList());
    }

    static Charges charges(Tariff tariff, Iterable<SessionDetails> sessions) {
        Charges charges = new Charges(tariff);
        sessions.forEach(charges::add);
        return charges;
    }

    /** The rows in short: {@code customer user app item tier used charged price amount currency line}. */
    static List<String> rows(Tariff tariff, SessionDetails... sessions) {
        return charges(tariff, List.of(sessions)).rows().map(Lists::text).toList();
    }

    private static String text(Charge charge) {
        return Stream.of(
                        charge.customer(),
                        charge.userId(),
                        charge.appType() == null ? null : charge.appType().code(),
                        charge.item().code(),
                        charge.tier(),
                        charge.usedMinutes(),
                        charge.chargedMinutes(),
                        charge.unitPrice(),
                        charge.amount(),
                        charge.currency(),
                        charge.line())
                .map(value -> value == null || value.equals("") ? "-" : value.toString())
                .collect(Collectors.joining(" "));
    }

    static LocalDate day(int day) {
        return LocalDate.of(2026, 10, day);
    }
}
