package dev.billingexport.report;

import dev.billingexport.session.Usage;
import java.util.List;
import java.util.Locale;

/**
 * Something about a whole period that somebody should look at before a bill goes out: it can be right, and it often is not.
 */
enum Warning {
    /** There was no session at all. */
    NO_SESSIONS,

    /**
     * All sessions are one user's, and nobody asked for that: the vendor's reference says that a listing shows those of the
     * logged-in user by default.
     */
    ONE_USER;

    /** So many sessions of one user are no coincidence where others work too. */
    private static final int MANY = 6;

    private static final int MAX_ID = 60;

    /** Those of a report; none of a share's, which is one user's on purpose. */
    static List<Warning> of(ReportHead head, UsageSummary usage) {
        Usage total = usage.total();
        if (head.share() != null) {
            return List.of();
        }
        if (total.sessions() == 0) {
            return List.of(NO_SESSIONS);
        }
        boolean oneUser = usage.usersOfAll().count() == 1 && usage.userCount() == 1;
        return head.filter() == null && total.sessions() >= MANY && oneUser ? List.of(ONE_USER) : List.of();
    }

    /** What it is. */
    String fact(UsageSummary usage, Wording wording) {
        return switch (this) {
            case NO_SESSIONS -> wording.text(key());
            case ONE_USER ->
                wording.text(
                        key(),
                        wording.whole(usage.total().sessions()),
                        UserUsage.shortened(
                                usage.usersOfAll().findFirst().orElseThrow().userId(), MAX_ID));
        };
    }

    /** What to do about it. */
    String advice(Wording wording) {
        return wording.text(key() + ".advice");
    }

    private String key() {
        return "warning." + name().toLowerCase(Locale.ROOT);
    }
}
