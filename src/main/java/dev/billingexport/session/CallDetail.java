package dev.billingexport.session;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * One user's connection to a session (the vendor's CDR). Has no documented unique key: two equal rows in one answer are
 * two connections.
 *
 * @param duration minutes used by that user, with the digits that were sent
 */
public record CallDetail(
        @Nullable String callNum,
        @Nullable String callLogId,
        @Nullable Instant connectDt,
        @Nullable Instant disconnectDt,
        @Nullable BigDecimal duration,
        @Nullable String userRef,
        @Nullable String name,
        @Nullable String role,
        @Nullable String ip,
        @Nullable String agent) {

    /**
     * Order within a session: {@code connect_dt}, {@code call_num}, then every other field. Equal sets sort equally,
     * whatever order the API sent. Nulls come first.
     */
    public static final Comparator<CallDetail> ORDER = comparing(CallDetail::connectDt, nullsFirst(naturalOrder()))
            .thenComparing(CallDetail::callNum, nullsFirst(naturalOrder()))
            .thenComparing(CallDetail::callLogId, nullsFirst(naturalOrder()))
            .thenComparing(CallDetail::disconnectDt, nullsFirst(naturalOrder()))
            .thenComparing(CallDetail::duration, nullsFirst(naturalOrder()))
            .thenComparing(CallDetail::userRef, nullsFirst(naturalOrder()))
            .thenComparing(CallDetail::name, nullsFirst(naturalOrder()))
            .thenComparing(CallDetail::role, nullsFirst(naturalOrder()))
            .thenComparing(CallDetail::ip, nullsFirst(naturalOrder()))
            .thenComparing(CallDetail::agent, nullsFirst(naturalOrder()));
}
