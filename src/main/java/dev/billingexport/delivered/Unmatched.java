package dev.billingexport.delivered;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Consumer;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;

/**
 * Values that wait for their counterpart, by session. Few wait while both revisions have the same order; these are in
 * memory. If there are many, they move to a sorted map on disk.
 */
final class Unmatched<V> {

    private static final int MAX_IN_MEMORY = 10_000;

    /** Limit of characters, whatever the number of values. */
    private static final long MAX_CHARACTERS = 4_000_000;

    private final MVStore store;
    private final MVMap<String, V> onDisk;
    private final Map<String, V> inMemory = new HashMap<>();
    private long characters;

    Unmatched(MVStore store, String name) {
        this.store = store;
        this.onDisk = store.openMap(name);
    }

    void put(String key, V value) {
        inMemory.put(key, value);
        characters += key.length() + length(value);
        if (inMemory.size() >= MAX_IN_MEMORY || characters > MAX_CHARACTERS) {
            onDisk.putAll(inMemory);
            inMemory.clear();
            characters = 0;
            store.commit();
        }
    }

    private static long length(Object value) {
        return value instanceof String[] texts
                ? Arrays.stream(texts).mapToLong(String::length).sum()
                : 0;
    }

    /** Removes and returns the value of a key; null where there is none. */
    @Nullable
    V remove(String key) {
        V value = inMemory.remove(key);
        return value != null || onDisk.isEmpty() ? value : onDisk.remove(key);
    }

    boolean contains(String key) {
        return inMemory.containsKey(key) || onDisk.containsKey(key);
    }

    /** Passes on all remaining values in no particular order. */
    void forEach(Consumer<V> consumer) {
        inMemory.values().forEach(consumer);
        for (Iterator<V> each = onDisk.values().iterator(); each.hasNext(); ) {
            consumer.accept(each.next());
        }
    }
}
