package dev.billingexport.job;

import dev.billingexport.ledger.LedgerContents;
import dev.billingexport.ledger.Run;
import dev.billingexport.report.rating.ListException;
import dev.billingexport.report.rating.Tariff;
import dev.billingexport.report.rating.UnassignedUsersException;
import dev.billingexport.session.Period;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Provides the tariff of a period. The lists of prices and customers are read once in a process, so a run is rated by
 * what was checked at its start. Thread-safe.
 */
@Component
public class Tariffs {

    private final ExportProperties properties;
    private final LedgerContents contents;
    private final Map<Period, Optional<Tariff>> tariffs = new ConcurrentHashMap<>();

    Tariffs(ExportProperties properties, @Lazy LedgerContents contents) {
        this.properties = properties;
        this.contents = contents;
    }

    /**
     * @return empty where rating is off
     * @throws ListException if a list can't be used for the period; the message has a line for each fault
     */
    public Optional<Tariff> of(Period period) {
        return tariffs.computeIfAbsent(
                period,
                key -> Tariff.of(properties.rating(), key, properties.source().appTypes()));
    }

    /**
     * Checks that every user whose sessions were collected belongs to a customer.
     *
     * @throws UnassignedUsersException if some users belong to none
     */
    public void requireCustomers(Run run) {
        Period period = run.key().period();
        of(period).filter(Tariff::isListed).ifPresent(tariff -> {
            List<String> unassigned = contents.users(run).entrySet().stream()
                    .filter(user -> !tariff.isAssigned(user.getKey(), period.day(user.getValue())))
                    .map(Map.Entry::getKey)
                    .toList();
            if (!unassigned.isEmpty()) {
                throw new UnassignedUsersException(unassigned);
            }
        });
    }
}
