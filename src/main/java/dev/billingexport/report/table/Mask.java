package dev.billingexport.report.table;

import dev.billingexport.session.CallDetail;
import dev.billingexport.session.Filter;
import dev.billingexport.session.Problem;
import dev.billingexport.session.Session;
import dev.billingexport.session.SessionDetails;
import dev.billingexport.session.SessionUsage;
import dev.billingexport.session.Split;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Replaces personal data before a report reads it, so that no file can contain it. Equal values have equal masks in
 * every column and file, so people can still be counted. Without the key, guessing a name or an address and comparing
 * its mask is impossible. Blank values stay as they are.
 */
public final class Mask {

    private static final String ALGORITHM = "HmacSHA256";

    /** Can't be mistaken for a name, an address, a number or a formula. */
    private static final String PREFIX = "masked-";

    /** For a million people, the probability that any two share a mask is 1 in thirty million. */
    private static final int BYTES = 8;

    private static final Pattern MASK = Pattern.compile(PREFIX + "[0-9a-f]{" + 2 * BYTES + "}");

    private final Set<PersonalColumn> columns;
    private final SecretKeySpec key;

    /** @param key the same for all files that are compared; must be unknown to their readers */
    public Mask(Set<PersonalColumn> columns, byte[] key) {
        this.columns = Set.copyOf(columns);
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /** Returns whether a value is a mask. */
    public static boolean isMask(String value) {
        return MASK.matcher(value).matches();
    }

    /** Returns the same data with masks in the masked columns. */
    public ReportData of(ReportData data) {
        return columns.isEmpty() ? data : new Masked(data);
    }

    private final class Masked implements ReportData {

        private final ReportData data;

        Masked(ReportData data) {
            this.data = data;
        }

        @Override
        public Stream<SessionUsage> sessions() {
            Masks masks = new Masks();
            return data.sessions().map(usage -> new SessionUsage(masks.of(usage.session()), usage.usage()));
        }

        @Override
        public Stream<SessionDetails> details() {
            Masks masks = new Masks();
            return data.details().map(masks::of);
        }

        @Override
        public Stream<Problem> problems() {
            return data.problems();
        }

        @Override
        public List<Split> splits(Filter.Field by) {
            return data.splits(by);
        }

        @Override
        public ReportData of(Split split) {
            return new Masked(data.of(split));
        }
    }

    /** The masks of one stream, because the algorithm's state can't be shared between threads. */
    private final class Masks {

        private final Mac mac = mac();

        Session of(Session session) {
            return new Session(
                    session.sessionId(),
                    session.meetingId(),
                    session.roomId(),
                    session.userId(),
                    of(PersonalColumn.USER_NAME, session.userName()),
                    session.transDate(),
                    session.connectDt(),
                    session.disconnectDt(),
                    session.duration(),
                    session.appType());
        }

        SessionDetails of(SessionDetails details) {
            return new SessionDetails(
                    details.number(),
                    of(details.session()),
                    details.usage(),
                    details.callDetails().stream().map(this::of).toList(),
                    details.recordings(),
                    details.callDetailsFetched());
        }

        CallDetail of(CallDetail detail) {
            return new CallDetail(
                    detail.callNum(),
                    detail.callLogId(),
                    detail.connectDt(),
                    detail.disconnectDt(),
                    detail.duration(),
                    of(PersonalColumn.USER_REF, detail.userRef()),
                    of(PersonalColumn.NAME, detail.name()),
                    detail.role(),
                    of(PersonalColumn.IP, detail.ip()),
                    of(PersonalColumn.AGENT, detail.agent()));
        }

        private @Nullable String of(PersonalColumn column, @Nullable String value) {
            if (value == null || value.isBlank() || !columns.contains(column)) {
                return value;
            }
            byte[] digest = mac.doFinal(value.getBytes(StandardCharsets.UTF_8));
            return PREFIX + HexFormat.of().formatHex(digest, 0, BYTES);
        }

        private Mac mac() {
            try {
                Mac keyed = Mac.getInstance(ALGORITHM);
                keyed.init(key);
                return keyed;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("Every Java platform has " + ALGORITHM + ".", e);
            }
        }
    }
}
