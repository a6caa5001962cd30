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
 * Observations about a whole period that should be checked before a bill is sent. They may be right, but often are not.
 */
enum Warning {
    /** There are no sessions at all. */
    NO_SESSIONS,

    /**
     * All sessions belong to one user, without a filter for it. By the vendor's reference a listing shows only the
     * logged-in user's sessions by default.
     */
    ONE_USER,

    /** For a value of the filter, the API listed sessions with another value. */
    LEFT_OUT,

    /** The API listed sessions for some values of the filter and none for others. */
    UNLISTED_VALUES;

    /** From this number on it is no coincidence that all sessions belong to one user. */
    private static final int MANY = 6;

    private static final int MAX_ID = 60;

    private static final int MAX_VALUES = 10;

    /** Returns the warnings of a report; none for a split, which may have one user on purpose. */
    static List<Warning> of(ReportHead head, UsageSummary usage) {
        Usage total = usage.total();
        if (head.split() != null) {
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

    /** Returns the observation. */
    String fact(ReportHead head, UsageSummary usage, Wording wording) {
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

    /** Returns the values for which sessions were dropped, with their numbers. */
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

    /** Returns the field with its first values, and the number of all values where not all are shown. */
    private static String named(ReportHead head, Collection<String> values) {
        String named = values.stream()
                .limit(MAX_VALUES)
                .map(value -> UserUsage.shortened(value, MAX_ID))
                .collect(Collectors.joining(", "));
        String field = Objects.requireNonNull(head.filter()).by().code();
        return field + " " + named + (values.size() <= MAX_VALUES ? "" : ", … (" + values.size() + ")");
    }

    /** Returns what to do about it. */
    String advice(Wording wording) {
        return wording.text(key() + ".advice");
    }

    private String key() {
        return "warning." + name().toLowerCase(Locale.ROOT);
    }
}
