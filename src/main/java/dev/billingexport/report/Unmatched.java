package dev.billingexport.report;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Consumer;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;

/**
 * What waits for its like, by session. Little does as long as two revisions are in the same order, and that is in memory;
 * once it is much, it goes to a sorted map on the disk.
 */
final class Unmatched<V> {

    private static final int MOST_IN_MEMORY = 10_000;

    private final MVStore store;
    private final MVMap<String, V> onDisk;
    private final Map<String, V> inMemory = new HashMap<>();

    Unmatched(MVStore store, String name) {
        this.store = store;
        this.onDisk = store.openMap(name);
    }

    void put(String key, V value) {
        inMemory.put(key, value);
        if (inMemory.size() >= MOST_IN_MEMORY) {
            onDisk.putAll(inMemory);
            inMemory.clear();
            store.commit();
        }
    }

    /** Takes what waits under a key, or null. */
    @Nullable
    V remove(String key) {
        V value = inMemory.remove(key);
        return value != null || onDisk.isEmpty() ? value : onDisk.remove(key);
    }

    boolean contains(String key) {
        return inMemory.containsKey(key) || onDisk.containsKey(key);
    }

    /** Shows all that was left, in no order. */
    void forEach(Consumer<V> consumer) {
        inMemory.values().forEach(consumer);
        for (Iterator<V> each = onDisk.values().iterator(); each.hasNext(); ) {
            consumer.accept(each.next());
        }
    }
}
