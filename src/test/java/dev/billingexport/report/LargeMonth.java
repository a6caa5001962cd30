package dev.billingexport.report;

import dev.billingexport.session.AppType;
import dev.billingexport.session.CallDetail;
import dev.billingexport.session.NumberOrText;
import dev.billingexport.session.Recording;
import dev.billingexport.session.Session;
import dev.billingexport.session.SessionDetails;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Any number of sessions of October 2026, evenly through the month, with four call details each and a recording for
 * every fifth. They are made up as they are asked for, always the same ones, and need no memory.
 */
public record LargeMonth(int count) implements UnsplitData {

    public static final int CALL_DETAILS = 4;

    private static final Instant START = Instant.parse("2026-10-01T00:00:00Z");
    private static final long MILLIS = 31L * 24 * 3_600_000;
    private static final String[] NAMES = {
        "Ana Almeida", "Jürgen Brown", "Łucja Dvořák", "محمد الحسن", "王小明", "Zoë & Co."
    };
    private static final String[] AGENTS = {
        "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Firefox/143.0",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/141.0",
        "okhttp/4.12.0"
    };

    @Override
    public Stream<SessionDetails> details() {
        return IntStream.range(0, count)
                .mapToObj(number ->
                        SessionDetails.of(number + 1, session(number), callDetails(number), recordings(number)));
    }

    /** Ids grow with the dates, so this order is the ledger's. */
    private Session session(int number) {
        Instant start = START.plusMillis(MILLIS * number / count);
        int hundredths = 500 + number * 7_919 % 11_500;
        int user = number * 31 % Math.max(8, count / 100);
        return new Session(
                "s%07d%016x".formatted(number, number * 0x9E3779B97F4A7C15L),
                "M-" + number,
                "R-" + user / 2,
                "U-" + user,
                NAMES[user % NAMES.length],
                start,
                start.plusMillis(12),
                start.plusMillis(12 + hundredths * 600L),
                BigDecimal.valueOf(hundredths, 2),
                number % 7 == 0 ? AppType.WB : AppType.VC);
    }

    private List<CallDetail> callDetails(int number) {
        Session session = session(number);
        return IntStream.range(0, CALL_DETAILS)
                .mapToObj(each -> new CallDetail(
                        number + "-" + each,
                        Long.toHexString(number * 31L + each),
                        session.connectDt(),
                        session.disconnectDt(),
                        session.duration(),
                        "U-" + each,
                        NAMES[(number + each) % NAMES.length],
                        each == 0 ? "moderator" : "participant",
                        "203.0.113." + number % 256,
                        AGENTS[(number + each) % AGENTS.length]))
                .toList();
    }

    private List<Recording> recordings(int number) {
        Instant start = START.plusMillis(MILLIS * number / count);
        return number % 5 > 0
                ? List.of()
                : List.of(new Recording(
                        "https://files.example.com/rec/" + number + "/1.mp4",
                        BigDecimal.valueOf(300),
                        NumberOrText.of(BigDecimal.ONE),
                        start,
                        start.plusSeconds(300),
                        NumberOrText.of(BigDecimal.valueOf(37_500_000))));
    }
}
