package dev.billingexport.report.rating;

import dev.billingexport.session.AppType;
import dev.billingexport.session.Period;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Currency;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the lists that the properties name, and refuses lists with faults. */
record TariffFiles(RatingProperties properties, Period period, Collection<AppType> appTypes) {

    private static final String PRICE_LIST = "price-list";
    private static final String CUSTOMERS = "customers";

    Tariff read(Path priceList, @Nullable Path customersList) {
        ListFile priceFile = ListFile.read("export.rating." + PRICE_LIST, priceList);
        ListFaults faults = new ListFaults(priceFile.toString());
        PriceListFile reader = new PriceListFile(faults);
        PriceList prices = reader.read(priceFile);
        PlanCoverage coverage = new PlanCoverage(prices, period, appTypes, faults);
        Map<Path, String> fingerprints = new TreeMap<>(Map.of(priceList, priceFile.sha256()));
        if (customersList != null) {
            ListFile customersFile = ListFile.read("export.rating." + CUSTOMERS, customersList);
            fingerprints.put(customersList, customersFile.sha256());
            ListFaults ofCustomers = new ListFaults(customersFile.toString());
            Set<String> plans = reader.hidesPlans() ? Set.of() : reader.plans();
            CustomersFile list = new CustomersFile(properties, period, plans, ofCustomers);
            Customers customers = list.read(customersFile);
            if (faults.isEmpty()) {
                list.plansInUse().forEach(coverage::check);
            }
            ListFaults.refuse(faults, ofCustomers);
            return new Tariff(properties, period, prices, customers, fingerprints);
        }
        if (reader.plans().size() > 1) {
            faults.add(
                    0,
                    "It has the plans " + String.join(", ", reader.plans())
                            + ", but export.rating.customers is not set, which assigns customers to plans.");
        } else if (faults.isEmpty()) {
            reader.plans().forEach(coverage::check);
        }
        ListFaults.refuse(faults);
        Currency currency = Objects.requireNonNull(properties.currency(), "checked with the other properties");
        String plan = reader.plans().iterator().next();
        return new Tariff(properties, period, prices, Customers.EachUser.of(plan, properties, currency), fingerprints);
    }
}
