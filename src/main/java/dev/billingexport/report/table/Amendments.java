package dev.billingexport.report.table;

import java.util.List;
import java.util.SortedMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The changes of a revision against an earlier one. */
public sealed interface Amendments {

    /** Returns the number of the earlier revision. */
    int revision();

    /** Returns whether both revisions are known to be equal. */
    boolean isEmpty();

    /** Returns a sentence about the sessions, then one about the charges of each currency. */
    List<String> sentences(Wording wording);

    /** Returns all sentences as one text. */
    default String sentence(Wording wording) {
        return String.join(" ", sentences(wording));
    }

    /**
     * The changes can't be determined.
     *
     * @param cause a clause for an operator
     */
    record Unknown(int revision, String cause) implements Amendments {

        @Override
        public boolean isEmpty() {
            return false;
        }

        @Override
        public List<String> sentences(Wording wording) {
            return List.of(wording.text("amendments.unknown", String.valueOf(revision)));
        }
    }

    /**
     * The changes are known; there may be none.
     *
     * @param counts number of sessions for each kind of change
     * @param users users with amended sessions, by user id
     * @param charges changes of the charges
     * @param source of the rows, in order
     */
    record Known(
            int revision,
            SortedMap<Amendment.Change, Long> counts,
            List<UserAmendment> users,
            ChargeChanges charges,
            Supplier<Stream<Amendment>> source)
            implements Amendments {

        @Override
        public boolean isEmpty() {
            return hasSameSessions() && charges.isEmpty();
        }

        /** Returns whether all sessions are equal, whatever they cost. */
        public boolean hasSameSessions() {
            return counts.values().stream().allMatch(count -> count == 0);
        }

        /** Returns the number of sessions with a kind of change. */
        public long count(Amendment.Change change) {
            return counts.getOrDefault(change, 0L);
        }

        /** Returns the label of a count. */
        String name(Amendment.Change change, Wording wording) {
            return wording.text("amendments." + change.code(), String.valueOf(revision));
        }

        /** Returns the notes below the rows. */
        List<String> words(Wording wording) {
            return hasSameSessions()
                    ? List.of(sentence(wording))
                    : List.of(sentence(wording), wording.text("amendments.fields"), wording.text("amendments.users"));
        }

        @Override
        public List<String> sentences(Wording wording) {
            String earlier = String.valueOf(revision);
            if (isEmpty()) {
                return List.of(wording.text("amendments.none", earlier));
            }
            String sessions = wording.text(
                    "amendments.some",
                    earlier,
                    wording.whole(count(Amendment.Change.ADDED)),
                    wording.whole(count(Amendment.Change.REMOVED)),
                    wording.whole(count(Amendment.Change.CHANGED)));
            return Stream.concat(
                            Stream.of(sessions),
                            charges.total().stream()
                                    .filter(total -> total.difference().signum() != 0)
                                    .map(total -> sentence(total, wording)))
                    .toList();
        }

        private static String sentence(ChargeChange total, Wording wording) {
            return wording.text(
                    "amendments.charges",
                    total.currency(),
                    wording.number(total.before(), digits(total), digits(total)),
                    wording.number(total.after(), digits(total), digits(total)));
        }

        private static int digits(ChargeChange total) {
            return Math.max(total.before().scale(), total.after().scale());
        }

        /** Streams the amended sessions by {@code trans_date} and {@code session_id}. The stream must be closed. */
        public Stream<Amendment> rows() {
            return source.get();
        }
    }
}
