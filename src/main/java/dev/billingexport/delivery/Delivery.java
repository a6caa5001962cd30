package dev.billingexport.delivery;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The place that finished billing files are delivered to. It holds folders {@code <export>/<period>/r<revision>/}, each
 * with the files of a revision and its {@code manifest.json}. {@code <export>/<period>/manifest.json} repeats the
 * current revision's manifest and is written last, so a reader that follows it never sees an incomplete delivery.
 *
 * <p>A revision is never changed once it exists. It belongs to the run that delivered it, see {@link
 * Manifest#isSameDelivery}.
 *
 * <p>Media differ: a local folder is filled under a temporary name and gets its final name by one atomic rename, so a
 * revision exists completely or not at all. Blob storage has no rename: a revision is complete once its own manifest
 * exists, which is stored after the files and only where none exists. Callers must therefore ask for manifests and
 * never list files.
 *
 * <p>Every method throws {@link DeliveryException} where the place can't be read or written, and {@link
 * IllegalArgumentException} where the name of an export or period can't be a folder name. Implementations hold no state
 * but connections and are thread-safe. If two processes deliver to one period at once, one completes and the other
 * fails and can be resumed.
 */
public interface Delivery extends AutoCloseable {

    /** Returns the delivery to a place. Makes no access to it. */
    static Delivery at(DeliveryProperties properties) {
        Location location = properties.location();
        return location.isBucket()
                ? new S3Delivery(
                        S3Connection.open(location.bucket(), properties.s3()), location, properties.signingKey())
                : new LocalDelivery(location.folder(), new Disk(properties.permissions()), properties.signingKey());
    }

    /**
     * Checks that the period's files can be written and read, by writing and reading one, and removes it again. To be
     * called before the long collection. A missing folder is created, a missing bucket is not.
     */
    void checkAccess(String export, String period);

    /**
     * Returns the highest revision number in use, by a complete delivery or by anything with such a name; empty for a
     * period that was never delivered. The next revision is one more.
     */
    OptionalInt newestRevision(String export, String period);

    /** Returns the manifest that readers follow; empty for a period that was never delivered. */
    Optional<Manifest> current(String export, String period);

    /** Returns the manifest of one revision; empty where there is no complete revision of that number. */
    Optional<Manifest> revision(String export, String period, int revision);

    /**
     * Delivers a revision: copies the manifest's files, checking size and SHA-256 of each, and makes the revision the
     * current one unless a newer one is. When the method returns, all files are on disk or stored by the server, and
     * were verified there by name, size and SHA-256.
     *
     * <p>May be interrupted anywhere and called again with the same run's manifest; the result is the same. A revision
     * that exists is kept where it is this run's own and its files are intact, and keeps its {@code delivered_at}.
     *
     * @param rendered folder with the files under their names; not changed; may be on another disk
     * @return where the revision lies
     * @throws DeliveryException also if the revision is another run's, or a rendered file differs from the manifest
     */
    URI deliver(Path rendered, Manifest manifest);

    /** Closes connections. */
    @Override
    default void close() {}
}
