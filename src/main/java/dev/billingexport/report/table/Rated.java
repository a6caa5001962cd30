package dev.billingexport.report.table;

import dev.billingexport.report.rating.Amounts;
import dev.billingexport.report.rating.Charge;
import dev.billingexport.report.rating.ChargeTotals;
import dev.billingexport.report.rating.Charges;
import dev.billingexport.report.rating.CustomerTotal;
import dev.billingexport.report.rating.DailyCharges;
import dev.billingexport.report.rating.Tariff;
import dev.billingexport.session.AppType;
import dev.billingexport.session.SessionDetails;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.function.SingletonSupplier;

/**
 * The charges of a report's sessions.
 *
 * @param charges charges of all sessions of the period
 * @param rows streams those of this report, in order, anew at each call
 * @param totals sums of these rows
 * @param customers streams the customers of these rows, anew at each call
 * @param days the charges by day and application, computed on first use
 */
public record Rated(
        Charges charges,
        Supplier<Stream<Charge>> rows,
        ChargeTotals totals,
        Supplier<Stream<CustomerTotal>> customers,
        Supplier<Map<LocalDate, Map<AppType, Amounts>>> days) {

    /** Returns all charges. Their distribution to days takes a second pass over the sessions. */
    public static Rated of(Charges charges, ReportData data) {
        ChargeTotals totals = ChargeTotals.of(charges.rows());
        return new Rated(
                charges,
                charges::rows,
                totals,
                charges::customers,
                SingletonSupplier.of(() -> days(charges, totals, data)));
    }

    private static Map<LocalDate, Map<AppType, Amounts>> days(Charges charges, ChargeTotals totals, ReportData data) {
        DailyCharges daily = new DailyCharges(charges);
        try (Stream<SessionDetails> sessions = data.details()) {
            sessions.forEachOrdered(daily::add);
        }
        return daily.shares(totals);
    }

    /** Returns a subset of the charges. */
    public Rated only(List<Charge> some) {
        return new Rated(charges, some::stream, ChargeTotals.of(some.stream()), Stream::empty, Map::of);
    }

    public Tariff tariff() {
        return charges.tariff();
    }

    Amounts on(@Nullable LocalDate day, AppType appType) {
        return day == null
                ? Amounts.NONE
                : days.get().getOrDefault(day, Map.of()).getOrDefault(appType, Amounts.NONE);
    }
}
