package dev.billingexport.delivery;

import static dev.billingexport.delivery.DeliveryException.reason;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A delivery to a folder of this machine. */
class LocalDelivery implements Delivery {

    /** What {@link #place} calls its work; no other program's file is called that by chance. */
    private static final Pattern STAGED = Pattern.compile("\\.(r\\d+|manifest\\.json)-[0-9a-f-]{36}\\.part");

    private final Path root;
    private final Disk disk;

    LocalDelivery(Path root, Disk disk) {
        this.root = root;
        this.disk = disk;
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
            IntStream there = names(folder).stream().flatMapToInt(name -> Manifest.revisionOf(name).stream());
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
            sweep(period);
            boolean published = !Files.exists(revision) && publish(rendered, manifest, period);
            makeCurrent(period, revision, published ? manifest : adopted(revision, manifest));
            return revision.toUri();
        } catch (IOException e) {
            throw new DeliveryException(
                    "Can't deliver to " + revision + ": " + reason(e)
                            + ". What was delivered before is unchanged and what was collected is kept."
                            + " Put this right, then resume.",
                    e);
        }
    }

    /**
     * Fills the revision's folder beside its place, and then puts it there as a whole.
     *
     * @return whether it did: another process may have been faster, and whose revision that is remains to be seen
     */
    private boolean publish(Path rendered, Manifest manifest, Path period) throws IOException {
        String revision = "r" + manifest.revision();
        try {
            place(period, revision, folder -> {
                disk.createFolders(folder);
                for (Manifest.File file : manifest.files()) {
                    copy(rendered.resolve(file.name()), folder.resolve(file.name()), file);
                }
                disk.write(folder.resolve(Manifest.NAME), ManifestJson.write(manifest));
                for (Path each : folders(folder)) {
                    disk.flush(each);
                }
            });
            return true;
        } catch (IOException e) {
            // Java has no exception for that somebody else's folder is in the way.
            if (!Files.exists(period.resolve(revision))) {
                throw e;
            }
            return false;
        }
    }

    private void copy(Path source, Path target, Manifest.File file) throws IOException {
        disk.createFoldersAbove(target);
        disk.copy(source, target).require(Checksum.of(file), source);
    }

    /** The manifest of a revision that is in place, once it is proven to be this run's own and whole. */
    private Manifest adopted(Path revision, Manifest own) throws IOException {
        Manifest there = read(revision)
                .orElseThrow(() -> new DeliveryException(revision + " is there, but holds no " + Manifest.NAME
                        + ", so it is not known whose it is. Nothing was changed. Move it away, then resume."));
        if (!own.isSameDelivery(there)) {
            throw DeliveryException.anotherRuns(revision, there);
        }
        for (Manifest.File file : there.files()) {
            Path path = revision.resolve(file.name());
            if (!Files.exists(path) || !Checksum.of(path).isOf(file)) {
                throw DeliveryException.changed(path, revision, there);
            }
        }
        return there;
    }

    private void makeCurrent(Path period, Path revision, Manifest delivered) throws IOException {
        // Whoever renamed the revision may have died before this.
        disk.flush(period);
        Optional<Manifest> current = read(period);
        boolean newer = current.isPresent() && current.get().revision() > delivered.revision();
        if (!newer && !current.equals(Optional.of(delivered))) {
            place(period, Manifest.NAME, file -> disk.copy(revision.resolve(Manifest.NAME), file));
        }
    }

    /**
     * Makes something under another name and renames it when it is complete. The other name is never used twice, so a
     * process that sweeps the place while another delivers makes that one fail, but can't mix its files with its own.
     */
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
        return root.resolve(Manifest.requireFolder("export", export)).resolve(Manifest.requireFolder("period", period));
    }

    private static Optional<Manifest> manifest(Path folder) {
        try {
            return read(folder);
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    private static Optional<Manifest> read(Path folder) throws IOException {
        Path file = folder.resolve(Manifest.NAME);
        try {
            return Optional.of(ManifestJson.read(Files.readAllBytes(file), file));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
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

    private static List<Path> folders(Path folder) throws IOException {
        try (Stream<Path> entries = Files.walk(folder)) {
            return entries.filter(Files::isDirectory).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** What is done under the other name. */
    private interface Filling {
        void at(Path staged) throws IOException;
    }
}
