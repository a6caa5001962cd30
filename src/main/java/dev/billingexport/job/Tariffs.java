package dev.billingexport.job;

import dev.billingexport.report.rating.ListException;
import dev.billingexport.report.rating.Tariff;
import dev.billingexport.session.Period;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * The tariff of a period. The lists of prices and customers are read when it is first asked for, and never again in this
 * process: a run is rated by what was checked at its start. Thread-safe.
 */
@Component
public class Tariffs {

    private final ExportProperties properties;
    private final Map<Period, Optional<Tariff>> tariffs = new ConcurrentHashMap<>();

    Tariffs(ExportProperties properties) {
        this.properties = properties;
    }

    /**
     * @return empty where nothing is rated
     * @throws ListException if a list can't be used for the period, with every fault and its line
     */
    public Optional<Tariff> of(Period period) {
        return tariffs.computeIfAbsent(
                period,
                key -> Tariff.of(properties.rating(), key, properties.source().appTypes()));
    }
}
