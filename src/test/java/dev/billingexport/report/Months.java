package dev.billingexport.report;

import static dev.billingexport.report.Month.callDetail;
import static dev.billingexport.report.Month.recording;
import static dev.billingexport.report.Month.session;

import dev.billingexport.session.AppType;
import dev.billingexport.session.CallDetail;
import dev.billingexport.session.NumberOrText;
import dev.billingexport.session.Problem;
import dev.billingexport.session.Recording;
import dev.billingexport.session.Session;
import java.math.BigDecimal;
import java.time.Instant;

/** The scenarios of the golden files. */
public final class Months {

    private Months() {}

    /** Two users, both applications, everything in order. */
    public static Month plain() {
        return new Month()
                .with(
                        session("s-1", "u-2", "Ada", "2026-10-01T00:00:05.120Z", "61.50", AppType.VC),
                        callDetail("2", "Bo", "2026-10-01T00:01:00Z", "30"),
                        callDetail("1", "Ada", "2026-10-01T00:00:10Z", "31.5"),
                        recording(1, "60", "1048576"),
                        recording(2, "30.5", "2097152"))
                .with(session("s-2", "u-2", "Ada Lovelace", "2026-10-01T12:00:00Z", "0.25", AppType.VC))
                .with(session("s-3", "u-1", "Grace", "2026-10-02T12:00:00Z", "10", AppType.VC))
                .with(
                        session("s-4", "u-2", null, "2026-10-31T23:30:00Z", "120", AppType.WB),
                        callDetail("1", "Cy", "2026-10-31T23:31:00Z", "29.125"));
    }

    /** What strangers type, what is missing, what is too large; and a problem. */
    public static Month awkward() {
        Session bare = new Session("s-0", null, null, null, null, null, null, null, null, AppType.VC);
        return new Month()
                .with(
                        bare,
                        new CallDetail(null, null, null, null, null, null, null, null, null, null),
                        new Recording(null, null, null, null, null, null))
                .with(
                        session("s-1", "0012", "=1+1", "2026-10-25T00:30:00.001Z", "12345678901234567.89", AppType.VC),
                        callDetail("+49123", "+49 123 \"Bo\"", "1899-12-31T10:00:00Z", "-1.5"),
                        callDetail("-1.5", "@cmd|' /C calc'!A0", "2026-10-25T01:30:00Z", "1E+3"),
                        callDetail("-x", "\tTab", "2026-10-25T02:00:00Z", "0.1000"),
                        callDetail("é日本語", "lone \uD83D and \uDE00, pair \uD83D\uDE00", "2026-10-25T02:00:01Z", "0"),
                        callDetail("_x0041_", " blanks ", "2026-10-25T02:00:02Z", "1"),
                        callDetail("5", "two\nlines, \"quoted\"\r\nand\rCR ends\\", "2026-10-25T02:00:03Z", "1"),
                        callDetail("6", "\rstarts with CR", "2026-10-25T02:00:04Z", "1"),
                        callDetail("7", "bell \u0007, not a character \uFFFF", "2026-10-25T02:00:05Z", "1"),
                        callDetail("8", "", "2026-10-25T02:00:06Z", "1"))
                .with(session("s-2", "", "No one", "2026-10-31T23:59:59.999Z", null, AppType.WB))
                .with(new Problem(
                        "s-9",
                        Instant.parse("2026-10-09T09:09:09.009Z"),
                        Problem.Part.CALL_DETAILS,
                        "The API answered 500, \"internal error\".",
                        6))
                .with(new Problem("s-8", null, Problem.Part.SESSION, "It has no date.", 1));
    }

    /** A session with a name of that length. */
    public static Month withName(String name) {
        return new Month().with(session("s-1", "u-1", name, "2026-10-01T00:00:00Z", "1", AppType.VC));
    }

    /** So many small sessions, a minute each. */
    public static Month of(int sessions) {
        Month month = new Month();
        for (int i = 1; i <= sessions; i++) {
            month.with(session("s-" + i, "u-1", "Ada", "2026-10-01T00:00:00Z", BigDecimal.ONE.toString(), AppType.VC));
        }
        return month;
    }

    /** Recordings whose stage or size is no number, in the order of the files. */
    public static Month withWordsForFigures() {
        Session session = session("s-1", "u-1", "Ada", "2026-10-05T09:00:00Z", "10", AppType.VC);
        return new Month()
                .with(
                        session,
                        words(NumberOrText.of(BigDecimal.ONE), NumberOrText.of("12 MB")),
                        words(NumberOrText.of(BigDecimal.valueOf(2)), NumberOrText.of("=1+1")),
                        words(NumberOrText.of("final"), NumberOrText.of(new BigDecimal("7000"))),
                        words(NumberOrText.of("later"), NumberOrText.of("1.5")),
                        words(NumberOrText.of("latest"), NumberOrText.of("12,5")));
    }

    private static Recording words(NumberOrText stage, NumberOrText size) {
        return new Recording("https://recordings.example/a.mp4", BigDecimal.TEN, stage, null, null, size);
    }
}
