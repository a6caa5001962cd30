package dev.billingexport.report.table;

import dev.billingexport.report.rating.Charge;
import dev.billingexport.report.rating.Item;
import dev.billingexport.report.rating.RatingProperties;
import dev.billingexport.report.rating.Tariff;
import dev.billingexport.session.AppType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Describes the rules that the charges follow, leaving out those that don't apply. */
public record RatingWords(Tariff tariff, Wording wording) {

    public List<String> of(Collection<AppType> appTypes) {
        return tariff.isListed() ? ofList() : ofFlatPrices(appTypes);
    }

    /** Returns the notes for a customer below a statement. */
    public List<String> ofStatement(List<Charge> charges) {
        List<String> words = new ArrayList<>();
        boolean listed = tariff.isListed();
        words.add(wording.text(
                listed
                        ? "statement.time"
                        : "rating.time." + code(tariff.properties().roundUpTo())));
        words.add(wording.text("rating.list.amount." + code(tariff.properties().amountRounding())));
        if (listed) {
            words.add(wording.text("statement.price"));
        }
        if (has(charges, charge -> isHigherTier(charge.tier()))) {
            words.add(wording.text("statement.tiers"));
        }
        if (has(charges, charge -> Charge.INCLUDED.equals(charge.tier()))) {
            words.add(wording.text("rating.list.included"));
        }
        if (has(charges, charge -> charge.item() == Item.MINIMUM)) {
            words.add(wording.text("statement.minimum"));
        }
        return words;
    }

    private static boolean isHigherTier(@Nullable String tier) {
        return tier != null && !tier.equals(Charge.INCLUDED) && !tier.equals("1");
    }

    private static boolean has(List<Charge> charges, Predicate<Charge> any) {
        return charges.stream().anyMatch(any);
    }

    private List<String> ofFlatPrices(Collection<AppType> appTypes) {
        RatingProperties properties = tariff.properties();
        Currency currency = Objects.requireNonNull(properties.currency(), "flat prices have a currency");
        List<String> words = new ArrayList<>();
        words.add(wording.text("rating.time." + code(properties.roundUpTo())));
        words.add(wording.text(
                "rating.amount." + code(properties.amountRounding()),
                String.valueOf(currency.getDefaultFractionDigits()),
                currency.getCurrencyCode()));
        for (AppType appType : appTypes) {
            RatingProperties.Prices prices = properties.of(appType);
            words.add(wording.text(
                    "rating.prices",
                    wording.name(appType),
                    price(prices.participantMinute(), currency),
                    price(prices.recordedMinute(), currency)));
        }
        words.add(wording.text("rating.corrections"));
        if (properties.minimum().signum() > 0) {
            words.add(wording.text("rating.minimum", price(properties.minimum(), currency)));
        }
        return words;
    }

    private List<String> ofList() {
        List<String> words = new ArrayList<>();
        words.add(wording.text("rating.list.time"));
        words.add(wording.text("rating.list.amount." + code(tariff.properties().amountRounding())));
        words.add(wording.text("rating.list.day"));
        if (tariff.hasTiers()) {
            words.add(wording.text("rating.list.tiers"));
        }
        if (tariff.hasIncluded()) {
            words.add(wording.text("rating.list.included"));
        }
        words.add(wording.text("rating.corrections"));
        if (tariff.hasMinimum()) {
            words.add(wording.text("rating.list.minimum"));
        }
        return words;
    }

    private String price(BigDecimal price, Currency currency) {
        int digits = currency.getDefaultFractionDigits();
        return wording.number(price, digits, Math.max(digits, price.scale())) + " " + currency.getCurrencyCode();
    }

    private static String code(Enum<?> option) {
        return option.name().toLowerCase(Locale.ROOT);
    }
}
