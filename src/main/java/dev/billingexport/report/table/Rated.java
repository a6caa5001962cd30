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
 * What a report's sessions cost.
 *
 * @param charges of all sessions of the period
 * @param rows streams those that the report has afresh at every call, in order
 * @param totals of these rows
 * @param customers those that these rows are of, streamed afresh
 * @param days shares of the charges by day and application, worked out once they are asked for
 */
public record Rated(
        Charges charges,
        Supplier<Stream<Charge>> rows,
        ChargeTotals totals,
        Supplier<Stream<CustomerTotal>> customers,
        Supplier<Map<LocalDate, Map<AppType, Amounts>>> days) {

    /** All that was charged; its days take a second pass over its sessions. */
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

    /** Some rows of it. */
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
