package dev.billingexport.delivered;

import dev.billingexport.report.table.TableNames;
import dev.billingexport.session.Usage;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Adds up the columns of a table that a delivery's totals state. Not thread-safe. */
final class ClaimedSums {

    private final String file;
    private final Map<String, BigDecimal> claimed;
    private final Map<String, BigDecimal> sums = new LinkedHashMap<>();
    private final List<String> columns;

    /**
     * @param file name of the file in the delivery
     * @param columns columns that the table had when it was delivered; others can't be added up
     */
    ClaimedSums(String file, List<String> columns, Usage total) {
        this.file = file;
        this.columns = columns;
        this.claimed = claimed(DeliveredCsv.table(file), total);
        claimed.keySet().retainAll(columns);
        claimed.keySet().forEach(column -> sums.put(column, BigDecimal.ZERO));
    }

    private static Map<String, BigDecimal> claimed(String table, Usage total) {
        Map<String, BigDecimal> sums = new LinkedHashMap<>();
        switch (table) {
            case TableNames.SESSIONS -> {
                sums.put("duration", total.sessionMinutes());
                addDetails(total, sums);
            }
            case TableNames.CALL_DETAILS -> sums.put("duration", total.callDetailMinutes());
            case TableNames.RECORDINGS -> {
                sums.put("play_time", total.recordedSeconds());
                sums.put("file_size", total.recordedBytes());
            }
            case TableNames.USERS, TableNames.DAYS -> {
                sums.put("sessions", BigDecimal.valueOf(total.sessions()));
                sums.put("session_minutes", total.sessionMinutes());
                addDetails(total, sums);
            }
            default -> {}
        }
        return sums;
    }

    private static void addDetails(Usage total, Map<String, BigDecimal> sums) {
        sums.put("call_details", BigDecimal.valueOf(total.callDetails()));
        sums.put("call_detail_minutes", total.callDetailMinutes());
        sums.put("recordings", BigDecimal.valueOf(total.recordings()));
        sums.put("recorded_seconds", total.recordedSeconds());
        sums.put("recorded_bytes", total.recordedBytes());
    }

    /**
     * Adds a row.
     *
     * @param number of the row, for the message
     * @throws UnreadableException if a number has a form that no export writes
     */
    void add(List<String> row, long number) {
        sums.replaceAll(
                (column, sum) -> sum.add(CsvValue.number(file, column, row.get(columns.indexOf(column)), number)));
    }

    /** Compares the sums once all rows are added. */
    void compare(Differences differences) {
        sums.forEach((column, sum) -> {
            BigDecimal claim = claimed.getOrDefault(column, BigDecimal.ZERO);
            if (sum.compareTo(claim) != 0) {
                differences.expect("sum of " + column, claim.toPlainString(), sum.toPlainString());
            }
        });
    }
}
