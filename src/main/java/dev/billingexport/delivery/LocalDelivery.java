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

    /** What {@link #place} calls its work; no other program's file is called that by chance. */
    private static final Pattern STAGED = Pattern.compile("\\.(r\\d+|manifest\\.json(\\.sig)?)-[0-9a-f-]{36}\\.part");

    /** Held while a period's folder is written, and gone afterwards. */
    private static final String LOCK = ".lock";

    private final Path root;
    private final Disk disk;
    private final @Nullable SigningKey key;

    /** Delivers manifests that are not signed. */
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
                            + ". Make it a folder that can be written, or choose another export.delivery.location.",
                    e);
        }
    }

    @Override
    public OptionalInt newestRevision(String export, String period) {
        Path folder = folder(export, period);
        try {
            // The manifest counts too: readers have seen its revision, even if somebody has removed the folder since.
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
                            + " Put this right, then resume.",
                    e);
        }
    }

    /** With the period's folder locked, where there are locks: else nobody's staged files are swept. */
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
     * Fills the revision's folder beside its place, and then puts it there as a whole. Where a run that knows no lock
     * was faster, nothing is done: whose revision that is will be seen next.
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
            // Java has no exception for that somebody else's folder is in the way.
            if (!Files.exists(revision, LinkOption.NOFOLLOW_LINKS)) {
                throw e;
            }
        }
    }

    /** The manifest of a revision, once it is read back that it is this run's own and that nothing else lies there. */
    private static Manifest proven(Path revision, Manifest own) throws IOException {
        Manifest there = read(revision)
                .orElseThrow(() -> new DeliveryException(revision + " is there, but holds no " + Manifest.NAME
                        + ", so it is not known whose it is. Nothing was changed. Move it away, then resume."));
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
        // Whoever renamed the revision may have died before this.
        disk.flush(period);
        if (!isCurrent(period, delivered)) {
            makeSignatureCurrent(period, revision);
            place(period, Manifest.NAME, file -> disk.copy(revision.resolve(Manifest.NAME), file));
            if (!isCurrent(period, delivered)) {
                throw new IOException(period.resolve(Manifest.NAME) + " is not what was written");
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

    /** Whether readers see the revision, or a newer one. */
    private static boolean isCurrent(Path period, Manifest delivered) throws IOException {
        Optional<Manifest> current = read(period);
        return current.isPresent() && current.get().revision() > delivered.revision()
                || current.equals(Optional.of(delivered));
    }

    /** Makes something under another name, which is never used twice, and renames it when it is complete. */
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

    /** Removes what a killed try left behind. */
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

    /** The folder and those in it that files lie in, each after the one above. */
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

    /** What is done under the other name. */
    private interface Filling {
        void at(Path staged) throws IOException;
    }
}
