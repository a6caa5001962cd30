package dev.billingexport.report.table;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What the amended sessions of one user add up to. The others are in both revisions alike, so that the differences are
 * those of all that the user used.
 *
 * @param userId empty for the sessions that name no user
 */
public record UserAmendment(
        String userId,
        BigDecimal sessionMinutesBefore,
        BigDecimal sessionMinutesAfter,
        BigDecimal callDetailMinutesBefore,
        BigDecimal callDetailMinutesAfter) {

    public static UserAmendment before(
            String userId, @Nullable BigDecimal sessionMinutes, @Nullable BigDecimal callDetailMinutes) {
        return new UserAmendment(
                userId, orZero(sessionMinutes), BigDecimal.ZERO, orZero(callDetailMinutes), BigDecimal.ZERO);
    }

    public static UserAmendment after(
            String userId, @Nullable BigDecimal sessionMinutes, @Nullable BigDecimal callDetailMinutes) {
        return new UserAmendment(
                userId, BigDecimal.ZERO, orZero(sessionMinutes), BigDecimal.ZERO, orZero(callDetailMinutes));
    }

    public UserAmendment plus(UserAmendment other) {
        return new UserAmendment(
                userId,
                sessionMinutesBefore.add(other.sessionMinutesBefore),
                sessionMinutesAfter.add(other.sessionMinutesAfter),
                callDetailMinutesBefore.add(other.callDetailMinutesBefore),
                callDetailMinutesAfter.add(other.callDetailMinutesAfter));
    }

    /** Minutes more, or less than nothing where there are fewer. */
    public BigDecimal sessionMinutesDifference() {
        return sessionMinutesAfter.subtract(sessionMinutesBefore);
    }

    /** Minutes more, or less than nothing where there are fewer. */
    public BigDecimal callDetailMinutesDifference() {
        return callDetailMinutesAfter.subtract(callDetailMinutesBefore);
    }

    private static BigDecimal orZero(@Nullable BigDecimal minutes) {
        return minutes == null ? BigDecimal.ZERO : minutes;
    }
}
