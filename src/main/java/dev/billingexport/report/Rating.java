package dev.billingexport.report;

import dev.billingexport.session.AppType;
import dev.billingexport.session.CallDetail;
import dev.billingexport.session.Filter;
import dev.billingexport.session.Recording;
import dev.billingexport.session.Share;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The rule that turns time into amounts. All of it is exact but for the one rounding of each amount.
 *
 * @param wholeUsers whether all that a user used is seen, without which nobody can tell what a minimum lacks
 */
record Rating(RatingProperties properties, Currency currency, boolean wholeUsers) {

    private static final BigDecimal SECONDS_OF_MINUTE = BigDecimal.valueOf(60);
    private static final int QUANTITY_DECIMALS = 4;

    /**
     * The rule, or null where nothing is rated.
     *
     * @param share what it is for; null for everything
     */
    static @Nullable Rating of(RatingProperties properties, @Nullable Share share) {
        boolean wholeUsers = share == null || share.by() == Filter.Field.USER_ID;
        return properties.currency() == null ? null : new Rating(properties, properties.currency(), wholeUsers);
    }

    /** Whether somebody may be charged more than the sum of the amounts. */
    boolean hasMinimum() {
        return wholeUsers && properties.minimum().signum() > 0;
    }

    int digits() {
        return currency.getDefaultFractionDigits();
    }

    /**
     * Those of a session's call details that are charged: of equal ones with a {@code call_log_id}, which are one
     * connection told twice, the first.
     *
     * @param callDetails in {@link CallDetail#ORDER}, so that equal ones are neighbours
     */
    List<CallDetail> charged(List<CallDetail> callDetails) {
        return IntStream.range(0, callDetails.size())
                .filter(i -> i == 0 || !isRepeat(callDetails.get(i - 1), callDetails.get(i)))
                .mapToObj(callDetails::get)
                .toList();
    }

    private static boolean isRepeat(CallDetail before, CallDetail detail) {
        return CallLogIdHash.isKnown(detail.callLogId()) && CallDetail.ORDER.compare(before, detail) == 0;
    }

    /** Seconds to charge for a connection: its stated minutes, rounded up. */
    BigDecimal seconds(CallDetail callDetail) {
        BigDecimal minutes = callDetail.duration();
        return minutes == null ? BigDecimal.ZERO : roundedUp(minutes.multiply(SECONDS_OF_MINUTE));
    }

    /** Seconds to charge for a recording: its play time, rounded up. */
    BigDecimal seconds(Recording recording) {
        BigDecimal seconds = recording.playTime();
        return seconds == null ? BigDecimal.ZERO : roundedUp(seconds);
    }

    private BigDecimal roundedUp(BigDecimal stated) {
        BigDecimal seconds = stated.max(BigDecimal.ZERO);
        return switch (properties.roundUpTo()) {
            case NONE -> seconds;
            case SECOND -> seconds.setScale(0, RoundingMode.CEILING);
            case MINUTE ->
                seconds.divide(SECONDS_OF_MINUTE, 0, RoundingMode.CEILING).multiply(SECONDS_OF_MINUTE);
        };
    }

    /** Seconds times a minute's price, rounded once. */
    BigDecimal amount(BigDecimal seconds, BigDecimal price) {
        return seconds.multiply(price).divide(SECONDS_OF_MINUTE, digits(), rounding());
    }

    BigDecimal minutes(BigDecimal seconds) {
        return seconds.divide(SECONDS_OF_MINUTE, QUANTITY_DECIMALS, RoundingMode.HALF_UP);
    }

    /** What amounts lack of the least that is charged; null where they don't. */
    @Nullable
    BigDecimal topUp(BigDecimal amounts) {
        BigDecimal lack = properties.minimum().setScale(digits(), rounding()).subtract(amounts);
        return hasMinimum() && lack.signum() > 0 ? lack : null;
    }

    private RoundingMode rounding() {
        return switch (properties.amountRounding()) {
            case HALF_EVEN -> RoundingMode.HALF_EVEN;
            case HALF_UP -> RoundingMode.HALF_UP;
        };
    }

    /** The rule in words. */
    List<String> words(Wording wording, Collection<AppType> appTypes) {
        List<String> words = new ArrayList<>();
        words.add(wording.text("rating.time." + code(properties.roundUpTo())));
        words.add(wording.text(
                "rating.amount." + code(properties.amountRounding()),
                String.valueOf(digits()),
                currency.getCurrencyCode()));
        for (AppType appType : appTypes) {
            RatingProperties.Prices prices = properties.of(appType);
            words.add(wording.text(
                    "rating.prices",
                    wording.name(appType),
                    price(wording, prices.participantMinute()),
                    price(wording, prices.recordedMinute())));
        }
        words.add(wording.text("rating.corrections"));
        if (properties.minimum().signum() > 0) {
            String key = hasMinimum() ? "rating.minimum" : "rating.minimum-elsewhere";
            words.add(wording.text(key, price(wording, properties.minimum())));
        }
        return words;
    }

    private String price(Wording wording, BigDecimal price) {
        return wording.number(price, digits(), Math.max(digits(), price.scale())) + " " + currency.getCurrencyCode();
    }

    private static String code(Enum<?> option) {
        return option.name().toLowerCase(Locale.ROOT);
    }
}
