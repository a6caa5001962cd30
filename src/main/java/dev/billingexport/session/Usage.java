package dev.billingexport.session;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The seven figures that are totalled, for a session, a user, a day or a whole period. Sums are exact. A missing value
 * counts as zero.
 *
 * @param sessionMinutes sum of the sessions' stated durations, minutes
 * @param callDetailMinutes sum of the call details' durations, minutes
 * @param recordedSeconds sum of the recordings' play times, seconds
 * @param recordedBytes sum of the recordings' file sizes, bytes; sizes that aren't numbers are left out
 */
public record Usage(
        long sessions,
        BigDecimal sessionMinutes,
        long callDetails,
        BigDecimal callDetailMinutes,
        long recordings,
        BigDecimal recordedSeconds,
        BigDecimal recordedBytes) {

    /** No usage: the start of a sum. */
    public static final Usage NONE =
            new Usage(0, BigDecimal.ZERO, 0, BigDecimal.ZERO, 0, BigDecimal.ZERO, BigDecimal.ZERO);

    /** Returns the usage of one session with all of its details. */
    public static Usage of(Session session, List<CallDetail> callDetails, List<Recording> recordings) {
        return new Usage(
                1,
                Objects.requireNonNullElse(session.duration(), BigDecimal.ZERO),
                callDetails.size(),
                sum(callDetails, CallDetail::duration),
                recordings.size(),
                sum(recordings, Recording::playTime),
                sum(recordings, Recording::bytes));
    }

    /** Returns the sum of both, figure by figure. */
    public Usage plus(Usage other) {
        return new Usage(
                sessions + other.sessions,
                sessionMinutes.add(other.sessionMinutes),
                callDetails + other.callDetails,
                callDetailMinutes.add(other.callDetailMinutes),
                recordings + other.recordings,
                recordedSeconds.add(other.recordedSeconds),
                recordedBytes.add(other.recordedBytes));
    }

    private static <T> BigDecimal sum(List<T> rows, Function<T, @Nullable BigDecimal> figure) {
        BigDecimal sum = BigDecimal.ZERO;
        for (T row : rows) {
            BigDecimal value = figure.apply(row);
            if (value != null) {
                sum = sum.add(value);
            }
        }
        return sum;
    }
}
