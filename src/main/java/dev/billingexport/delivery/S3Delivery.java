package dev.billingexport.delivery;

import static dev.billingexport.delivery.DeliveryException.reason;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * A delivery to a bucket. Nothing is overwritten except a period's manifest: objects are created on the condition that
 * none exists. An existing object is this run's own if its metadata say so.
 */
class S3Delivery implements Delivery {

    private static final Logger LOG = LoggerFactory.getLogger(S3Delivery.class);

    /** Repetitions after a concurrent write. More of them in a row are no coincidence. */
    private static final int MAX_TRIES = 5;

    private final Bucket bucket;
    private final Location location;
    private final @Nullable SigningKey key;

    /** Delivers without signatures. */
    S3Delivery(Bucket bucket, Location location) {
        this(bucket, location, null);
    }

    /** @param key signs the manifests; null leaves them unsigned */
    S3Delivery(Bucket bucket, Location location, @Nullable SigningKey key) {
        this.bucket = bucket;
        this.location = location;
        this.key = key;
    }

    @Override
    public void checkAccess(String export, String period) {
        String folder = folder(export, period);
        try {
            AccessProbe.of(bucket, folder).tryOut();
        } catch (SdkException | IOException e) {
            throw new DeliveryException(
                    "Can't deliver to " + at(folder) + ": " + reason(e)
                            + ". The user needs the rights to put, read and list objects there. Check the bucket and"
                            + " export.delivery.s3, or choose another export.delivery.location.",
                    e);
        }
    }

    @Override
    public OptionalInt newestRevision(String export, String period) {
        String folder = folder(export, period);
        return reading(folder, () -> {
            IntStream seen = manifest(folder).stream().mapToInt(Manifest::revision);
            IntStream there = bucket.folders(folder).stream()
                    .map(name -> name.substring(folder.length(), name.length() - 1))
                    .flatMapToInt(name -> DeliveredName.revision(name).stream());
            return IntStream.concat(seen, there).max();
        });
    }

    @Override
    public Optional<Manifest> current(String export, String period) {
        String folder = folder(export, period);
        return reading(folder, () -> manifest(folder));
    }

    @Override
    public Optional<Manifest> revision(String export, String period, int revision) {
        String folder = folder(export, period) + "r" + revision + "/";
        return reading(folder, () -> manifest(folder));
    }

    @Override
    public URI deliver(Path rendered, Manifest manifest) {
        String period = folder(manifest.export(), manifest.period().label());
        String revision = period + "r" + manifest.revision() + "/";
        try {
            sweep(period);
            if (manifest(revision).isEmpty()) {
                publish(rendered, manifest, revision);
            }
            Manifest delivered = proven(rendered, revision, manifest);
            sign(revision, delivered);
            makeCurrent(period, revision, delivered);
            return URI.create(at(revision));
        } catch (SdkException | IOException e) {
            throw new DeliveryException(
                    "Can't deliver to " + at(revision) + ": " + reason(e)
                            + ". What was delivered before is unchanged and what was collected is kept."
                            + " Correct this, then resume: stored files aren't sent again.",
                    e);
        }
    }

    @Override
    public void close() {
        bucket.close();
    }

    /** Stores the missing files and then the manifest, which completes the revision. */
    private void publish(Path rendered, Manifest manifest, String revision) throws IOException {
        for (Manifest.File file : manifest.files()) {
            Path source = rendered.resolve(file.name());
            Checksum.of(source).require(Checksum.of(file), source);
        }
        Set<String> there = new HashSet<>();
        bucket.keys(revision, Folder.MAX_NAMES, there::add);
        requireOwnNames(there, manifest, revision);
        S3Requests.Origin origin = new S3Requests.Origin(manifest.run(), manifest.deliveredAt());
        boolean anythingMayBeThere = !bucket.properties().conditionalWrites();
        for (Manifest.File file : manifest.files()) {
            String key = revision + file.name();
            if (!((anythingMayBeThere || there.contains(key)) && isOwn(key, file, manifest.run()))) {
                create(key, rendered.resolve(file.name()), file, origin);
            }
        }
        if (anythingMayBeThere && manifest(revision).isPresent()) {
            return;
        }
        try {
            byte[] json = Chain.continuedBy(manifest, exportFolder(manifest.export()));
            bucket.create(revision + Manifest.NAME, json, origin);
        } catch (S3Exception refused) {
            // The caller checks whether the manifest is this run's own.
            if (!Bucket.isTaken(refused) || manifest(revision).isEmpty()) {
                throw refused;
            }
        }
    }

    private void create(String key, Path source, Manifest.File file, S3Requests.Origin origin) throws IOException {
        try {
            bucket.create(key, source, Checksum.of(file), origin);
        } catch (S3Exception refused) {
            // If the answer of a successful request is lost, the SDK's retry is refused.
            if (!Bucket.isTaken(refused) || !isOwn(key, file, origin.run())) {
                throw refused;
            }
        }
    }

    private void requireOwnNames(Set<String> there, Manifest manifest, String revision) {
        Set<String> own =
                manifest.files().stream().map(file -> revision + file.name()).collect(Collectors.toSet());
        there.stream().filter(key -> !own.contains(key)).sorted().findFirst().ifPresent(key -> {
            throw new DeliveryException(at(key) + " exists, but is no file of this delivery, and no "
                    + Manifest.NAME + " says which run wrote it. Nothing was changed. If no other run is delivering to "
                    + at(revision) + " now, remove what is there, then resume.");
        });
    }

    /** Returns whether the object exists and is this run's own. Throws for an object of another run. */
    private boolean isOwn(String key, Manifest.File file, long run) {
        Optional<Bucket.Stored> stored = bucket.find(key);
        if (stored.isPresent() && !stored.get().isOf(file, run)) {
            throw new DeliveryException(at(key) + " exists already with other content: it belongs to another run, or"
                    + " to an earlier attempt of another version. It was not changed. If no other run is delivering"
                    + " there now, remove all objects of this folder, because no " + Manifest.NAME
                    + " completes it; then resume.");
        }
        return stored.isPresent();
    }

    /**
     * Returns the manifest of a revision after checking that the revision is this run's own, is intact and holds no
     * other files.
     */
    private Manifest proven(Path rendered, String revision, Manifest own) throws IOException {
        Manifest there = manifest(revision).orElseThrow();
        if (!own.isSameDelivery(there)) {
            throw DeliveryException.anotherRuns(at(revision), there);
        }
        Set<String> strays = new TreeSet<>();
        bucket.keys(revision, Folder.MAX_NAMES, strays::add);
        strays.removeAll(Set.of(revision + Manifest.NAME, revision + Manifest.SIGNATURE));
        for (Manifest.File file : there.files()) {
            String key = revision + file.name();
            strays.remove(key);
            Optional<Bucket.Stored> stored = bucket.find(key);
            if (stored.isEmpty()
                    || !stored.get().isOf(file, there.run())
                    || !bucket.holds(key, stored.get(), rendered.resolve(file.name()), Checksum.of(file))) {
                throw DeliveryException.changed(at(key), at(revision), there);
            }
        }
        for (String stray : strays) {
            throw DeliveryException.stray(at(stray), there);
        }
        return there;
    }

    /**
     * Stores the signature of the stored manifest. An earlier attempt may have stored that of another manifest before
     * it died.
     */
    private void sign(String revision, Manifest delivered) {
        String signed = revision + Manifest.SIGNATURE;
        if (key != null && bucket.find(signed).isEmpty()) {
            byte[] json = bucket.read(revision + Manifest.NAME).orElseThrow().bytes();
            bucket.create(signed, key.sign(json), new S3Requests.Origin(delivered.run(), delivered.deliveredAt()));
        }
    }

    /**
     * Makes the revision the one that readers see, unless they see a newer one. Doesn't overwrite a concurrent change.
     */
    private void makeCurrent(String period, String revision, Manifest delivered) {
        byte[] json = bucket.read(revision + Manifest.NAME).orElseThrow().bytes();
        String key = period + Manifest.NAME;
        S3Requests.Origin origin = new S3Requests.Origin(delivered.run(), null);
        for (int tries = 0; ; tries++) {
            Optional<Bucket.Content> found = bucket.read(key);
            Optional<Manifest> current = found.map(content -> parse(key, content.bytes()));
            if (current.isPresent()
                    && (current.get().revision() > delivered.revision()
                            || current.get().equals(delivered))) {
                return;
            }
            if (tries == MAX_TRIES) {
                throw new DeliveryException(
                        at(key) + " is overwritten by another process again and again. The revision is"
                                + " stored, but is not the current one. Wait until the other process has ended, then resume.");
            }
            try {
                makeSignatureCurrent(period, revision, origin);
                bucket.replace(
                        key, json, origin, found.map(Bucket.Content::eTag).orElse(null));
            } catch (S3Exception refused) {
                if (!Bucket.isTaken(refused)) {
                    throw refused;
                }
            }
        }
    }

    private void makeSignatureCurrent(String period, String revision, S3Requests.Origin origin) {
        String current = period + Manifest.SIGNATURE;
        Optional<Bucket.Content> before = bucket.read(current);
        Optional<Bucket.Content> now = bucket.read(revision + Manifest.SIGNATURE);
        if (now.isPresent()) {
            String eTag = before.map(Bucket.Content::eTag).orElse(null);
            bucket.replace(current, now.get().bytes(), origin, eTag);
        } else if (before.isPresent()) {
            bucket.delete(current);
        }
    }

    /** Aborts uploads of killed runs. Not every user has this right, and a rule of the bucket can do it instead. */
    private void sweep(String period) {
        try {
            bucket.abortUploads(period);
        } catch (S3Exception refused) {
            if (refused.statusCode() != 403 && refused.statusCode() != 501) {
                throw refused;
            }
            LOG.warn(
                    "Can't look for incomplete uploads under {}: {}. If a delivery was killed there, they are billed"
                            + " until a lifecycle rule of the bucket removes them.",
                    at(period),
                    reason(refused));
        }
    }

    private Optional<Manifest> manifest(String folder) {
        String key = folder + Manifest.NAME;
        return bucket.read(key).map(content -> parse(key, content.bytes()));
    }

    private Manifest parse(String key, byte[] json) {
        return ManifestJson.read(json, at(key));
    }

    private <T> T reading(String folder, Supplier<T> work) {
        try {
            return work.get();
        } catch (SdkException e) {
            throw new DeliveryException("Can't read what was delivered to " + at(folder) + ": " + reason(e) + ".", e);
        }
    }

    private Folder exportFolder(String export) {
        return new Folder.InBucket(bucket, location.bucket(), location.keyPrefix() + export + "/");
    }

    private String folder(String export, String period) {
        return location.keyPrefix()
                + String.join(
                        "/",
                        List.of(
                                DeliveredName.requireFolder("export", export),
                                DeliveredName.requireFolder("period", period)))
                + "/";
    }

    private String at(String key) {
        return "s3://" + location.bucket() + "/" + key;
    }
}
