package dev.billingexport.delivery;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The place that finished billing files are taken to. Below it lie {@code <export>/<period>/r<revision>/}, each
 * revision with its {@code manifest.json}, and {@code <export>/<period>/manifest.json}, which repeats the current
 * revision's and is written last: a reader that follows it never sees half a delivery.
 *
 * <p>A revision, once there, is never changed. It belongs to the run that delivered it, see
 * {@link Manifest#isSameDelivery}.
 *
 * <p>Where the media differ: a local folder is filled beside its place and gets its name by one atomic rename, so a
 * revision is there as a whole or not at all. Blob storage has no rename: there a revision is complete once its own
 * manifest is there, which is put after the files and only where none was before. So callers must ask for manifests,
 * never list files.
 *
 * <p>Every method throws {@link DeliveryException} where the place can't be read or written, and
 * {@link IllegalArgumentException} for an export or a period whose name is no plain folder name. Implementations hold
 * no state but connections, and are safe for use by several threads. Of two processes that deliver to one period at
 * once, one delivers whole and the other fails and can be resumed.
 */
public interface Delivery extends AutoCloseable {

    /** The delivery to a place; nothing is touched yet. */
    static Delivery at(DeliveryProperties properties) {
        Location location = properties.location();
        return location.isBucket()
                ? new S3Delivery(
                        S3Connection.open(location.bucket(), properties.s3()), location, properties.signingKey())
                : new LocalDelivery(location.folder(), new Disk(properties.permissions()), properties.signingKey());
    }

    /**
     * Tries whether the period's files can be written and read, by really doing so, and leaves no file behind. To be
     * called before hours of collecting. A folder that doesn't exist is created, a bucket is not.
     */
    void checkAccess(String export, String period);

    /**
     * The highest revision number that is taken, by a finished delivery or by anything that looks like one; empty for a
     * period that was never delivered. The next revision is one more.
     */
    OptionalInt newestRevision(String export, String period);

    /** The manifest that readers follow, or empty for a period that was never delivered. */
    Optional<Manifest> current(String export, String period);

    /** The manifest of one revision, or empty where there is no such complete revision. */
    Optional<Manifest> revision(String export, String period, int revision);

    /**
     * Delivers a revision: copies the manifest's files, each checked against its size and SHA-256 on the way, and makes
     * the revision the current one unless a newer one is. When the method returns, all of it is on disk or stored by
     * the server, and what lies in place was read back and is what the manifest says, by name, size and SHA-256.
     *
     * <p>It may die anywhere and be called again with the same run's manifest: the end is the same. A revision that is
     * already there is adopted where it is this run's own and its files are whole, and keeps its {@code delivered_at}.
     *
     * @param rendered the folder that holds the files under their names; not changed; may be on another disk
     * @return where the revision lies
     * @throws DeliveryException also where the revision is another run's, or where a rendered file is not what the
     *     manifest says
     */
    URI deliver(Path rendered, Manifest manifest);

    /** Lets go of connections. */
    @Override
    default void close() {}
}
