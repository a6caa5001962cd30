package dev.billingexport.report;

import dev.billingexport.session.Usage;
import java.math.BigDecimal;

/** The figures of a table against those that are claimed. */
record ClaimedTotals(DeliveredReport.Claims claims, Differences differences) {

    void check(String table, DeliveredCsv.Sums sums) {
        Usage total = claims.total();
        switch (table) {
            case "sessions" -> {
                differences.expect("sessions", total.sessions(), sums.rows());
                figure(sums, "duration", total.sessionMinutes());
                details(sums, total);
            }
            case "call-details" -> {
                differences.expect("call details", total.callDetails(), sums.rows());
                figure(sums, "duration", total.callDetailMinutes());
            }
            case "recordings" -> {
                differences.expect("recordings", total.recordings(), sums.rows());
                figure(sums, "play_time", total.recordedSeconds());
                figure(sums, "file_size", total.recordedBytes());
            }
            case "users", "days" -> {
                figure(sums, "sessions", BigDecimal.valueOf(total.sessions()));
                figure(sums, "session_minutes", total.sessionMinutes());
                details(sums, total);
            }
            case "problems" -> differences.expect("problems", claims.problems(), sums.rows());
            default -> {}
        }
    }

    private void details(DeliveredCsv.Sums sums, Usage total) {
        figure(sums, "call_details", BigDecimal.valueOf(total.callDetails()));
        figure(sums, "call_detail_minutes", total.callDetailMinutes());
        figure(sums, "recordings", BigDecimal.valueOf(total.recordings()));
        figure(sums, "recorded_seconds", total.recordedSeconds());
        figure(sums, "recorded_bytes", total.recordedBytes());
    }

    private void figure(DeliveredCsv.Sums sums, String column, BigDecimal claimed) {
        BigDecimal sum = sums.of(column);
        if (sum == null) {
            differences.add("there is no column " + column);
        } else if (sum.compareTo(claimed) != 0) {
            differences.expect("sum of " + column, claimed.toPlainString(), sum.toPlainString());
        }
    }
}
