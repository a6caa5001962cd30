package dev.billingexport.report.table;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The sums of one user's amended sessions. All other sessions are equal in both revisions, so the differences are those
 * of the user's whole usage.
 *
 * @param userId empty for sessions without a user
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

    /** Returns later minus earlier minutes. */
    public BigDecimal sessionMinutesDifference() {
        return sessionMinutesAfter.subtract(sessionMinutesBefore);
    }

    /** Returns later minus earlier minutes. */
    public BigDecimal callDetailMinutesDifference() {
        return callDetailMinutesAfter.subtract(callDetailMinutesBefore);
    }

    private static BigDecimal orZero(@Nullable BigDecimal minutes) {
        return minutes == null ? BigDecimal.ZERO : minutes;
    }
}
