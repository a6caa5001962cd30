package dev.billingexport.report.table;

import dev.billingexport.session.Filter;
import dev.billingexport.session.Usage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Something about a whole period that somebody should look at before a bill goes out: it can be right, and it often is not.
 */
public enum Warning {
    /** There was no session at all. */
    NO_SESSIONS,

    /**
     * All sessions are one user's, and nobody asked for that: the vendor's reference says that a listing shows those of the
     * logged-in user by default.
     */
    ONE_USER,

    /** The API listed sessions for a value of the filter that carry another one. */
    LEFT_OUT,

    /** The API listed no session for some values of the filter, whose others have some. */
    UNLISTED_VALUES;

    /** So many sessions of one user are no coincidence where others work too. */
    private static final int MANY = 6;

    private static final int MAX_ID = 60;

    private static final int MAX_VALUES = 10;

    /** Those of a report; none of a share's, which is one user's on purpose. */
    public static List<Warning> of(ReportHead head, UsageSummary usage) {
        Usage total = usage.total();
        if (head.share() != null) {
            return List.of();
        }
        List<Warning> warnings = new ArrayList<>();
        if (total.sessions() == 0) {
            warnings.add(NO_SESSIONS);
        }
        boolean oneUser = usage.usersOfAll().count() == 1 && usage.userCount() == 1;
        if (head.filter() == null && total.sessions() >= MANY && oneUser) {
            warnings.add(ONE_USER);
        }
        if (!leftOut(head).isEmpty()) {
            warnings.add(LEFT_OUT);
        }
        if (total.sessions() > 0 && !unlisted(head).isEmpty()) {
            warnings.add(UNLISTED_VALUES);
        }
        return warnings;
    }

    /** What it is. */
    public String fact(ReportHead head, UsageSummary usage, Wording wording) {
        return switch (this) {
            case NO_SESSIONS -> wording.text(key());
            case ONE_USER ->
                wording.text(
                        key(),
                        wording.whole(usage.total().sessions()),
                        UserUsage.shortened(
                                usage.usersOfAll().findFirst().orElseThrow().userId(), MAX_ID));
            case LEFT_OUT -> {
                SortedMap<String, Long> leftOut = leftOut(head);
                long sessions =
                        leftOut.values().stream().mapToLong(Long::longValue).sum();
                yield wording.text(key(), named(head, leftOut.keySet()), wording.whole(sessions));
            }
            case UNLISTED_VALUES -> wording.text(key(), named(head, unlisted(head)));
        };
    }

    /** The values that sessions were left out for, with how many. */
    private static SortedMap<String, Long> leftOut(ReportHead head) {
        SortedMap<String, Long> some = new TreeMap<>();
        if (head.filter() != null && head.leftOut() != null) {
            some.putAll(head.leftOut());
            some.values().removeIf(sessions -> sessions == 0);
        }
        return some;
    }

    private static List<String> unlisted(ReportHead head) {
        Filter filter = head.filter();
        SortedMap<String, Long> listed = head.leftOut();
        return filter == null || listed == null
                ? List.of()
                : filter.values().stream()
                        .filter(value -> !listed.containsKey(value))
                        .toList();
    }

    /** The field with the first of its values, and how many there are where these are not all. */
    private static String named(ReportHead head, Collection<String> values) {
        String named = values.stream()
                .limit(MAX_VALUES)
                .map(value -> UserUsage.shortened(value, MAX_ID))
                .collect(Collectors.joining(", "));
        String field = Objects.requireNonNull(head.filter()).by().code();
        return field + " " + named + (values.size() <= MAX_VALUES ? "" : ", … (" + values.size() + ")");
    }

    /** What to do about it. */
    public String advice(Wording wording) {
        return wording.text(key() + ".advice");
    }

    private String key() {
        return "warning." + name().toLowerCase(Locale.ROOT);
    }
}
