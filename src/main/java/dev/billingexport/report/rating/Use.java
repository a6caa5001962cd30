package dev.billingexport.report.rating;

import dev.billingexport.session.CallDetail;
import dev.billingexport.session.Recording;
import dev.billingexport.session.SessionDetails;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One time that can be charged.
 *
 * @param seconds as stated; above zero
 */
record Use(Item item, BigDecimal seconds) {

    private static final BigDecimal SECONDS_OF_MINUTE = BigDecimal.valueOf(60);

    /** Passes on all uses of a session. Missing, zero and negative times are left out. */
    static void each(SessionDetails details, Consumer<Use> consumer) {
        put(Item.SESSION_MINUTES, ofMinutes(details.session().duration()), consumer);
        List<CallDetail> callDetails = details.callDetails();
        for (int i = 0; i < callDetails.size(); i++) {
            CallDetail detail = callDetails.get(i);
            if (i == 0 || !isRepeat(callDetails.get(i - 1), detail)) {
                put(Item.PARTICIPANT_MINUTES, ofMinutes(detail.duration()), consumer);
            }
        }
        for (Recording recording : details.recordings()) {
            put(Item.RECORDED_MINUTES, recording.playTime(), consumer);
        }
    }

    /**
     * Equal call details with a {@code call_log_id} are one connection that was reported twice. They are neighbours in
     * the sort order.
     */
    private static boolean isRepeat(CallDetail before, CallDetail detail) {
        String id = detail.callLogId();
        return id != null && !id.isBlank() && CallDetail.ORDER.compare(before, detail) == 0;
    }

    private static @Nullable BigDecimal ofMinutes(@Nullable BigDecimal minutes) {
        return minutes == null ? null : minutes.multiply(SECONDS_OF_MINUTE);
    }

    private static void put(Item item, @Nullable BigDecimal seconds, Consumer<Use> consumer) {
        if (seconds != null && seconds.signum() > 0) {
            consumer.accept(new Use(item, seconds));
        }
    }
}
