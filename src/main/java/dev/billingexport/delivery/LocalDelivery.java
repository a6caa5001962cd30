package dev.billingexport.delivery;

import static dev.billingexport.delivery.DeliveryException.reason;

import dev.billingexport.files.LockFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A delivery to a folder of this machine. */
class LocalDelivery implements Delivery {

    /** Temporary names that {@link #place} uses. No other program's file has such a name by chance. */
    private static final Pattern STAGED = Pattern.compile("\\.(r\\d+|manifest\\.json(\\.sig)?)-[0-9a-f-]{36}\\.part");

    /** Lock file; exists while a period's folder is written. */
    private static final String LOCK = ".lock";

    private final Path root;
    private final Disk disk;
    private final @Nullable SigningKey key;

    /** Delivers without signatures. */
    LocalDelivery(Path root, Disk disk) {
        this(root, disk, null);
    }

    /** @param key signs the manifests; null leaves them unsigned */
    LocalDelivery(Path root, Disk disk, @Nullable SigningKey key) {
        this.root = root;
        this.disk = disk;
        this.key = key;
    }

    @Override
    public void checkAccess(String export, String period) {
        Path folder = root;
        for (Path deeper : List.of(root.resolve(export), folder(export, period))) {
            folder = Files.exists(deeper) ? deeper : folder;
        }
        try {
            disk.createFolders(root);
            disk.tryOut(folder);
        } catch (IOException e) {
            throw new DeliveryException(
                    "Can't deliver to " + folder + ": " + reason(e)
                            + ". Make it a writable folder, or choose another export.delivery.location.",
                    e);
        }
    }

    @Override
    public OptionalInt newestRevision(String export, String period) {
        Path folder = folder(export, period);
        try {
            // The manifest counts too: readers have seen its revision, even if its folder was removed since.
            IntStream seen = read(folder).stream().mapToInt(Manifest::revision);
            IntStream there = names(folder).stream().flatMapToInt(name -> DeliveredName.revision(name).stream());
            return IntStream.concat(seen, there).max();
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    @Override
    public Optional<Manifest> current(String export, String period) {
        return manifest(folder(export, period));
    }

    @Override
    public Optional<Manifest> revision(String export, String period, int revision) {
        return manifest(folder(export, period).resolve("r" + revision));
    }

    @Override
    public URI deliver(Path rendered, Manifest manifest) {
        Path period = folder(manifest.export(), manifest.period().label());
        Path revision = period.resolve("r" + manifest.revision());
        try {
            disk.createFolders(period);
            for (Path ours : List.of(root.resolve(manifest.export()), period)) {
                disk.openFolder(ours);
            }
            deliver(rendered, manifest, period, revision);
            return revision.toUri();
        } catch (LockFile.HeldException e) {
            throw DeliveryException.busy(period, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new DeliveryException(
                    "Can't deliver to " + revision + ": " + reason(e)
                            + ". What was delivered before is unchanged and what was collected is kept."
                            + " Correct this, then resume.",
                    e);
        }
    }

    /** Delivers while holding the period's lock. Without locks, temporary files of other runs are not removed. */
    private void deliver(Path rendered, Manifest manifest, Path period, Path revision) throws IOException {
        Path file = period.resolve(LOCK);
        try (LockFile lock = disk.lock(file, manifest.deliveredAt())) {
            try {
                if (lock != null) {
                    sweep(period);
                }
                if (!Files.exists(revision, LinkOption.NOFOLLOW_LINKS)) {
                    publish(rendered, manifest, period, revision);
                }
                makeCurrent(period, revision, proven(revision, manifest));
            } finally {
                if (lock != null) {
                    disk.delete(file);
                }
            }
        }
    }

    /**
     * Fills the revision's folder under a temporary name and then renames it. Does nothing where a run without a lock
     * was faster: the caller checks whose revision it is.
     */
    private void publish(Path rendered, Manifest manifest, Path period, Path revision) throws IOException {
        try {
            place(period, "r" + manifest.revision(), staged -> {
                SortedSet<Path> folders = folders(staged, manifest);
                for (Path folder : folders) {
                    disk.createFolder(folder);
                }
                for (Manifest.File file : manifest.files()) {
                    Path source = rendered.resolve(file.name());
                    disk.copy(source, staged.resolve(file.name())).require(Checksum.of(file), source);
                }
                byte[] json = Chain.continuedBy(manifest, new Folder.Local(root.resolve(manifest.export())));
                disk.write(staged.resolve(Manifest.NAME), json);
                if (key != null) {
                    disk.write(staged.resolve(Manifest.SIGNATURE), key.sign(json));
                }
                for (Path folder : folders) {
                    disk.flush(folder);
                }
            });
        } catch (IOException e) {
            // Java has no exception that says that a folder with content exists already.
            if (!Files.exists(revision, LinkOption.NOFOLLOW_LINKS)) {
                throw e;
            }
        }
    }

    /**
     * Returns the manifest of a revision after checking that the revision is this run's own, is intact and holds no
     * other files.
     */
    private static Manifest proven(Path revision, Manifest own) throws IOException {
        Manifest there = read(revision)
                .orElseThrow(() -> new DeliveryException(revision + " exists without a " + Manifest.NAME
                        + ", so the run that wrote it is unknown. Nothing was changed. Move it away, then resume."));
        if (!own.isSameDelivery(there)) {
            throw DeliveryException.anotherRuns(revision, there);
        }
        Set<String> strays = new Folder.Local(revision).names().all();
        strays.removeAll(Set.of(Manifest.NAME, Manifest.SIGNATURE));
        for (Manifest.File file : there.files()) {
            strays.remove(file.name());
            Path path = revision.resolve(file.name());
            if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                    || !Checksum.of(path).isOf(file)) {
                throw DeliveryException.changed(path, revision, there);
            }
        }
        for (String stray : strays) {
            throw DeliveryException.stray(revision.resolve(stray), there);
        }
        return there;
    }

    private void makeCurrent(Path period, Path revision, Manifest delivered) throws IOException {
        // The process that renamed the revision may have died before flushing.
        disk.flush(period);
        if (!isCurrent(period, delivered)) {
            makeSignatureCurrent(period, revision);
            place(period, Manifest.NAME, file -> disk.copy(revision.resolve(Manifest.NAME), file));
            if (!isCurrent(period, delivered)) {
                throw new IOException(period.resolve(Manifest.NAME) + " differs from what was written");
            }
        }
    }

    private void makeSignatureCurrent(Path period, Path revision) throws IOException {
        Path signature = revision.resolve(Manifest.SIGNATURE);
        if (Files.exists(signature, LinkOption.NOFOLLOW_LINKS)) {
            place(period, Manifest.SIGNATURE, file -> disk.copy(signature, file));
        } else {
            disk.delete(period.resolve(Manifest.SIGNATURE));
        }
    }

    /** Returns whether readers see this revision or a newer one. */
    private static boolean isCurrent(Path period, Manifest delivered) throws IOException {
        Optional<Manifest> current = read(period);
        return current.isPresent() && current.get().revision() > delivered.revision()
                || current.equals(Optional.of(delivered));
    }

    /** Creates a file or folder under a unique temporary name and renames it when it is complete. */
    private void place(Path period, String name, Filling filling) throws IOException {
        Path staged = period.resolve("." + name + "-" + UUID.randomUUID() + ".part");
        try {
            filling.at(staged);
            disk.rename(staged, period.resolve(name));
        } catch (IOException | RuntimeException failed) {
            try {
                disk.delete(staged);
            } catch (IOException remains) {
                failed.addSuppressed(remains);
            }
            throw failed;
        }
        disk.flush(period);
    }

    /** Removes temporary files of killed runs. */
    private void sweep(Path period) throws IOException {
        for (String name : names(period)) {
            if (STAGED.matcher(name).matches()) {
                disk.delete(period.resolve(name));
            }
        }
    }

    private Path folder(String export, String period) {
        return root.resolve(DeliveredName.requireFolder("export", export))
                .resolve(DeliveredName.requireFolder("period", period));
    }

    private static Optional<Manifest> manifest(Path folder) {
        try {
            return read(folder);
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    private static Optional<Manifest> read(Path folder) throws IOException {
        return new Folder.Local(folder)
                .read(Manifest.NAME)
                .map(json -> ManifestJson.read(json, folder.resolve(Manifest.NAME)));
    }

    private static DeliveryException unreadable(Path folder, IOException e) {
        return new DeliveryException("Can't read what was delivered to " + folder + ": " + reason(e) + ".", e);
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        } catch (NoSuchFileException absent) {
            return List.of();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Returns the folders that hold the manifest's files, each after its parent. */
    private static SortedSet<Path> folders(Path folder, Manifest manifest) {
        SortedSet<Path> folders = new TreeSet<>(Set.of(folder));
        for (Manifest.File file : manifest.files()) {
            String[] names = file.name().split("/");
            Path each = folder;
            for (int depth = 0; depth < names.length - 1; depth++) {
                each = each.resolve(names[depth]);
                folders.add(each);
            }
        }
        return folders;
    }

    /** Fills what has the temporary name. */
    private interface Filling {
        void at(Path staged) throws IOException;
    }
}
