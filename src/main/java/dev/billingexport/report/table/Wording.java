package dev.billingexport.report.table;

import dev.billingexport.session.AppType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.MessageFormat;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The texts of a report, and the formats of numbers and days, in one language. All come from our own resource bundle,
 * because the locale data of JVMs and their default locales differ. Thread-safe.
 */
public final class Wording {

    private static final String BUNDLE = "dev.billingexport.report.table.wording";

    private static final String NONE = "\u2013";

    private final ResourceBundle bundle;
    private final Map<String, Map<String, String>> words = new ConcurrentHashMap<>();

    public Wording(Language language) {
        this.bundle = ResourceBundle.getBundle(
                BUNDLE,
                language.locale(),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    /** Returns the text of a key, which must exist, with values inserted. Values are inserted unformatted. */
    public String text(String key, String... values) {
        String text = bundle.getString(key);
        return values.length == 0 ? text : new MessageFormat(text, Locale.ROOT).format(values);
    }

    /** Returns a column's heading; for times with their zone. */
    public String heading(Column<?> column, ZoneId zone) {
        Currency currency = column.currency();
        if (currency != null) {
            return text("column.amount") + " (" + currency.getCurrencyCode() + ")";
        }
        String heading = text("column." + column.name());
        return column.kind() == Column.Kind.TIME ? heading + " (" + zone(zone) + ")" : heading;
    }

    /** Returns a table's heading, which is also the name of its sheet. */
    public String heading(Table<?> table) {
        return text("sheet." + table.name());
    }

    /** Returns the label of the charges in a currency. */
    public String charges(Currency currency) {
        return text("summary.charges") + " (" + currency.getCurrencyCode() + ")";
    }

    public String name(AppType appType) {
        return word("application", appType.code());
    }

    /**
     * Returns the name of one of our codes.
     *
     * @param kind {@code application}, {@code change}, {@code column}, {@code finding-name}, {@code item}, {@code part}
     *     or {@code tier}
     * @return the code itself where it has no name, such as a tier's number
     */
    public String word(String kind, String code) {
        return words.computeIfAbsent(kind, this::wordsOf).getOrDefault(code, code);
    }

    /** Cached by code, because a row needs several. */
    private Map<String, String> wordsOf(String kind) {
        String prefix = kind + ".";
        return bundle.keySet().stream()
                .filter(key -> key.startsWith(prefix))
                .collect(Collectors.toUnmodifiableMap(key -> key.substring(prefix.length()), bundle::getString));
    }

    /** Formats a number with a minimum and a maximum of decimals, rounded half-up. */
    public String number(BigDecimal value, int minimum, int maximum) {
        DecimalFormatSymbols symbols = DecimalFormatSymbols.getInstance(Locale.ROOT);
        symbols.setDecimalSeparator(text("format.decimal").charAt(0));
        symbols.setGroupingSeparator(text("format.grouping").charAt(0));
        DecimalFormat format = new DecimalFormat("#,##0", symbols);
        format.setRoundingMode(RoundingMode.HALF_UP);
        format.setMinimumFractionDigits(minimum);
        format.setMaximumFractionDigits(maximum);
        return format.format(value);
    }

    /** As {@link #number}, but a dash for null. */
    public String numberOrNone(BigDecimal value, int minimum, int maximum) {
        return value.signum() == 0 ? NONE : number(value, minimum, maximum);
    }

    /** Formats an amount with all its digits; a dash for null. */
    public String amount(BigDecimal value) {
        return numberOrNone(value, value.scale(), value.scale());
    }

    public String whole(long value) {
        return number(BigDecimal.valueOf(value), 0, 0);
    }

    public String day(LocalDate day) {
        return DateTimeFormatter.ofPattern(
                        text("format.day").replace("yyyy", "uuuu").replace("mm", "MM"), Locale.ROOT)
                .format(day);
    }

    /** Formats the UTC offset after a time. */
    public static String offset(ZoneOffset offset) {
        return offset.equals(ZoneOffset.UTC) ? "+00:00" : offset.getId();
    }

    /** Formats a day without its year, for a chart. */
    public String shortDay(LocalDate day) {
        return DateTimeFormatter.ofPattern(text("format.short-day"), Locale.ROOT)
                .format(day);
    }

    /** Returns the name of a zone in a heading. */
    public static String zone(ZoneId zone) {
        return zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
    }
}
