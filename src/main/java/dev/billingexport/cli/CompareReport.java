package dev.billingexport.cli;

import dev.billingexport.delivery.DeliveredRevision;
import dev.billingexport.delivery.Manifest;
import dev.billingexport.report.table.Amendment;
import dev.billingexport.report.table.Amendments;
import dev.billingexport.report.table.ChargeChange;
import dev.billingexport.report.table.UserAmendment;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The JSON document of {@code compare --json}; see {@code src/docs/json.md}.
 *
 * @param amendments written as they are read, because they may exceed the memory
 */
record CompareReport(
        RevisionReport before,
        RevisionReport after,
        boolean same,
        SessionCounts sessions,
        List<ChargeReport> charges,
        List<ChargeReport> payers,
        List<UserReport> users,
        Iterator<AmendmentReport> amendments) {

    /** A compared revision. All fields but its place are null where it has no manifest. */
    record RevisionReport(
            String place,
            @Nullable String export,
            @Nullable String period,
            @Nullable Integer revision,
            @Nullable Long sessions) {

        static RevisionReport of(DeliveredRevision delivered) {
            Manifest manifest = delivered.manifest().orElse(null);
            return manifest == null
                    ? new RevisionReport(delivered.toString(), null, null, null, null)
                    : new RevisionReport(
                            delivered.toString(),
                            manifest.export(),
                            manifest.period().label(),
                            manifest.revision(),
                            manifest.totals().sessions());
        }
    }

    /** Numbers of sessions that differ. */
    record SessionCounts(long added, long removed, long changed) {}

    /** Total charges, or those of a customer or a user. */
    record ChargeReport(
            @Nullable String customer,
            @Nullable String userId,
            String currency,
            BigDecimal before,
            BigDecimal after,
            BigDecimal difference) {

        static ChargeReport of(ChargeChange change) {
            return new ChargeReport(
                    change.customer(),
                    change.userId(),
                    change.currency(),
                    change.before(),
                    change.after(),
                    change.difference());
        }
    }

    /** Differences in minutes of a user whose sessions differ. */
    record UserReport(String userId, BigDecimal sessionMinutesDifference, BigDecimal callDetailMinutesDifference) {

        static UserReport of(UserAmendment user) {
            return new UserReport(user.userId(), user.sessionMinutesDifference(), user.callDetailMinutesDifference());
        }
    }

    /** A session that differs, as in {@code amendments.csv}. */
    record AmendmentReport(
            String sessionId,
            @Nullable String userId,
            @Nullable String appType,
            @Nullable Instant transDate,
            String change,
            List<String> fields,
            @Nullable BigDecimal sessionMinutesBefore,
            @Nullable BigDecimal sessionMinutesAfter,
            @Nullable BigDecimal callDetailMinutesBefore,
            @Nullable BigDecimal callDetailMinutesAfter) {

        static AmendmentReport of(Amendment amendment) {
            return new AmendmentReport(
                    amendment.sessionId(),
                    amendment.userId(),
                    amendment.appType(),
                    amendment.transDate(),
                    amendment.change().code(),
                    amendment.fields(),
                    amendment.sessionMinutesBefore(),
                    amendment.sessionMinutesAfter(),
                    amendment.callDetailMinutesBefore(),
                    amendment.callDetailMinutesAfter());
        }
    }

    static void write(
            DeliveredRevision earlier, DeliveredRevision later, Amendments.Known amendments, PrintWriter out) {
        try (Stream<Amendment> rows = amendments.rows()) {
            Json.write(
                    new CompareReport(
                            RevisionReport.of(earlier),
                            RevisionReport.of(later),
                            amendments.isEmpty(),
                            new SessionCounts(
                                    amendments.count(Amendment.Change.ADDED),
                                    amendments.count(Amendment.Change.REMOVED),
                                    amendments.count(Amendment.Change.CHANGED)),
                            amendments.charges().total().stream()
                                    .map(ChargeReport::of)
                                    .toList(),
                            amendments.charges().payers().stream()
                                    .map(ChargeReport::of)
                                    .toList(),
                            amendments.users().stream().map(UserReport::of).toList(),
                            rows.map(AmendmentReport::of).iterator()),
                    out);
        }
    }
}
