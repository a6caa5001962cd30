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
 * The words of a report and its ways to write numbers and days, in one language. All of it comes from our own bundle:
 * what a JVM knows of a language, and which one it takes for its own, differs from machine to machine. Thread-safe.
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

    /** A text by its key, which must be in the bundle, with values for its places. They are put in as they are. */
    public String text(String key, String... values) {
        String text = bundle.getString(key);
        return values.length == 0 ? text : new MessageFormat(text, Locale.ROOT).format(values);
    }

    /** A column's heading, times with their zone. */
    public String heading(Column<?> column, ZoneId zone) {
        Currency currency = column.currency();
        if (currency != null) {
            return text("column.amount") + " (" + currency.getCurrencyCode() + ")";
        }
        String heading = text("column." + column.name());
        return column.kind() == Column.Kind.TIME ? heading + " (" + zone(zone) + ")" : heading;
    }

    /** A table's heading, which is the name of its sheet. */
    public String heading(Table<?> table) {
        return text("sheet." + table.name());
    }

    /** What the charges in a currency are called. */
    public String charges(Currency currency) {
        return text("summary.charges") + " (" + currency.getCurrencyCode() + ")";
    }

    public String name(AppType appType) {
        return text("application." + appType.code());
    }

    /**
     * What one of our codes is called.
     *
     * @param kind {@code application}, {@code change}, {@code column}, {@code finding-name}, {@code item}, {@code part}
     *     or {@code tier}
     * @return the code itself where it has no other name, such as a tier's number
     */
    public String word(String kind, String code) {
        return words.computeIfAbsent(kind, this::wordsOf).getOrDefault(code, code);
    }

    /** By their codes. A row needs several. */
    private Map<String, String> wordsOf(String kind) {
        String prefix = kind + ".";
        return bundle.keySet().stream()
                .filter(key -> key.startsWith(prefix))
                .collect(Collectors.toUnmodifiableMap(key -> key.substring(prefix.length()), bundle::getString));
    }

    /** A number for a reader, with at least as many decimals and at most so many, rounded half-up. */
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

    /** The same, or a dash for nothing. */
    public String numberOrNone(BigDecimal value, int minimum, int maximum) {
        return value.signum() == 0 ? NONE : number(value, minimum, maximum);
    }

    /** An amount with all its digits, or a dash for nothing. */
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

    /** How an offset is written behind a time. */
    public static String offset(ZoneOffset offset) {
        return offset.equals(ZoneOffset.UTC) ? "+00:00" : offset.getId();
    }

    /** Without its year, for a chart. */
    public String shortDay(LocalDate day) {
        return DateTimeFormatter.ofPattern(text("format.short-day"), Locale.ROOT)
                .format(day);
    }

    /** How a zone is called in a heading. */
    public static String zone(ZoneId zone) {
        return zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
    }
}
