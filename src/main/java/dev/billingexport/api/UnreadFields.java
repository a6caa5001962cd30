package dev.billingexport.api;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import tools.jackson.databind.JsonNode;

/**
 * Counts the fields of answers that this client doesn't read: the vendor may have added something that should be
 * billed. Names come from a server, so their number and length are limited. Thread-safe.
 */
public final class UnreadFields {

    /** Counts further names once there are too many. */
    static final String OTHERS = "others";

    private static final int MAX_NAMES = 100;
    private static final int MAX_LENGTH = 60;

    private final Redaction redaction;
    private final Map<Place, Map<String, LongAdder>> places = new ConcurrentHashMap<>();
    private final LongAdder others = new LongAdder();

    /** The kind of object that holds a field. */
    enum Place {
        LISTING("answer of /sessions"),
        SESSION("session"),
        CALL_DETAILS("answer of /cdr"),
        CALL_DETAIL("call detail"),
        RECORDINGS("answer of /recordings"),
        RECORDING("recording");

        private final String word;

        Place(String word) {
            this.word = word;
        }
    }

    UnreadFields(Redaction redaction) {
        this.redaction = redaction;
    }

    /** Counts the fields of an object that are not in a set of known fields. */
    void look(Place place, JsonNode object, Set<String> known) {
        for (String name : object.propertyNames()) {
            if (!known.contains(name)) {
                count(place, name);
            }
        }
    }

    private void count(Place place, String name) {
        Map<String, LongAdder> names = places.computeIfAbsent(place, each -> new ConcurrentHashMap<>());
        LongAdder count = names.get(name);
        if (count == null && names.size() < MAX_NAMES && name.length() <= MAX_LENGTH) {
            count = names.computeIfAbsent(name, each -> new LongAdder());
        }
        (count == null ? others : count).increment();
    }

    /**
     * Returns the counts since the last call, by name and place such as {@code call detail: quality}. At most some
     * hundreds, each a short line without control characters.
     */
    public Map<String, Long> drain() {
        Map<String, Long> drained = new TreeMap<>();
        places.forEach((place, names) -> names.forEach(
                (name, count) -> add(drained, redaction.clean(place.word + ": " + name), count.sumThenReset())));
        add(drained, OTHERS, others.sumThenReset());
        return drained;
    }

    private static void add(Map<String, Long> drained, String name, long count) {
        if (count > 0) {
            drained.merge(name, count, Long::sum);
        }
    }
}
