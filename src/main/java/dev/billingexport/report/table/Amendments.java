package dev.billingexport.report.table;

import java.util.List;
import java.util.SortedMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What a revision changes in an earlier one. */
public sealed interface Amendments {

    /** The number of the earlier revision. */
    int revision();

    /** Whether it is known that both revisions say the same. */
    boolean isEmpty();

    /** All of it in words: the sessions, then what is charged, one currency a sentence. */
    List<String> sentences(Wording wording);

    /** All of it in one text. */
    default String sentence(Wording wording) {
        return String.join(" ", sentences(wording));
    }

    /**
     * It can't be told.
     *
     * @param cause in words for an operator, as a clause
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
     * It is known, be it that nothing was changed.
     *
     * @param counts sessions of each kind of change, zero where there are none
     * @param users those with amended sessions, by user id
     * @param charges how what is charged changed
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

        /** Whether all sessions are the same, whatever they cost. */
        public boolean hasSameSessions() {
            return counts.values().stream().allMatch(count -> count == 0);
        }

        /** How many sessions were changed in that way. */
        public long count(Amendment.Change change) {
            return counts.getOrDefault(change, 0L);
        }

        /** What is counted. */
        public String name(Amendment.Change change, Wording wording) {
            return wording.text("amendments." + change.code(), String.valueOf(revision));
        }

        /** What is to be said below the rows. */
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

        /** Streams the amended sessions by {@code trans_date} and {@code session_id}; to be closed. */
        public Stream<Amendment> rows() {
            return source.get();
        }
    }
}
