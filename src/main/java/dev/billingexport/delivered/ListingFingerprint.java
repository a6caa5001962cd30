package dev.billingexport.delivered;

import dev.billingexport.files.OwnerOnlyFile;
import dev.billingexport.files.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/**
 * Computes the fingerprint of a delivery's session ids. Sorts them on disk, because they may exceed the memory. Not
 * thread-safe. Must be closed, which deletes the file.
 */
final class ListingFingerprint implements AutoCloseable {

    private static final int CACHE_MEGABYTES = 16;
    private static final int MAX_UNSAVED = 10_000;

    private final Path file;
    private final MVStore store;
    private final MVMap<String, Integer> counts;
    private long added;

    /** @param folder a local folder for the file */
    ListingFingerprint(Path folder) {
        this.file = folder.resolve("session-ids.mv");
        this.store = new MVStore.Builder()
                .fileName(OwnerOnlyFile.name(file))
                .autoCommitDisabled()
                .cacheSize(CACHE_MEGABYTES)
                .open();
        this.counts = store.openMap("ids");
    }

    void add(String sessionId) {
        Integer before = counts.get(sessionId);
        counts.put(sessionId, before == null ? 1 : before + 1);
        if (++added % MAX_UNSAVED == 0) {
            store.commit();
        }
    }

    /** Returns the SHA-256 of the ids, sorted, one a line; lower-case hexadecimal. */
    String sha256() {
        MessageDigest digest = Sha256.digest();
        for (Map.Entry<String, Integer> id : counts.entrySet()) {
            byte[] line = (id.getKey() + "\n").getBytes(StandardCharsets.UTF_8);
            for (int times = 0; times < id.getValue(); times++) {
                digest.update(line);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Closes without saving, because the file is not used again. */
    @Override
    public void close() throws IOException {
        store.closeImmediately();
        Files.deleteIfExists(file);
    }
}
