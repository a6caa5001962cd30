package dev.billingexport.delivery;

import static dev.billingexport.delivery.DeliveryException.reason;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Read access to a delivered revision. Needs only the delivery itself. Every method throws {@link DeliveryException}
 * where the place can't be read. Must be closed.
 */
public final class DeliveredRevision implements AutoCloseable {

    private static final Set<String> OWN = Set.of(Manifest.NAME, Manifest.SIGNATURE);

    private final AutoCloseable line;
    private final Folder folder;
    private final List<String> differences;
    private final @Nullable Manifest manifest;

    private DeliveredRevision(
            AutoCloseable line, Folder folder, @Nullable Manifest manifest, List<String> differences) {
        this.line = line;
        this.folder = folder;
        this.manifest = manifest;
        this.differences = differences;
    }

    /**
     * Finds a revision.
     *
     * @param properties its location is a period's folder, for the current revision, or a revision's folder
     * @return empty where there are no files, or only folders with other names: the place is too high up
     */
    public static Optional<DeliveredRevision> find(DeliveryProperties properties) {
        OpenedLocation place = OpenedLocation.open(properties);
        return find(place.folder(), place.location(), place.line());
    }

    static Optional<DeliveredRevision> find(Folder place, Location location, AutoCloseable line) {
        try {
            Folder.Names listed = place.names();
            SortedSet<String> names = listed.all();
            boolean above = names.stream()
                    .allMatch(name -> name.indexOf('/') > 0
                            && DeliveredName.revision(DeliveredName.first(name)).isEmpty());
            return above && listed.complete() ? Optional.empty() : Optional.of(open(place, listed, location, line));
        } catch (IOException | SdkException e) {
            throw new DeliveryException("Can't read " + place + ": " + reason(e) + ".", e);
        }
    }

    private static DeliveredRevision open(Folder place, Folder.Names listed, Location location, AutoCloseable line)
            throws IOException {
        SortedSet<String> names = listed.all();
        String name = location.uri().getPath().replaceAll("/+$", "").replaceAll(".*/", "");
        OptionalInt number = DeliveredName.revision(name);
        List<String> differences = new ArrayList<>();
        if (!listed.complete()) {
            differences.add("there are more files or deeper folders than an export writes; not all were checked");
        }
        Manifest manifest = manifest(place, differences);
        names.stream()
                .filter(each -> !place.isOrdinary(each))
                .forEach(each -> differences.add(each + ": it is not a regular file, but a link or the like"));
        boolean isPeriod = number.isEmpty()
                && (manifest == null || manifest.files().stream().noneMatch(file -> names.contains(file.name())));
        if (!isPeriod) {
            DeliveredRevision revision = new DeliveredRevision(line, place, manifest, differences);
            revision.expectNumber(number);
            revision.findUnnamed(names);
            return revision;
        }
        return current(place, names, name, manifest, differences, line);
    }

    /** Returns the revision that a period's manifest names, with the differences in the folders around it. */
    private static DeliveredRevision current(
            Folder period,
            SortedSet<String> names,
            String name,
            @Nullable Manifest upper,
            List<String> differences,
            AutoCloseable line)
            throws IOException {
        names.stream()
                .filter(each -> !OWN.contains(each)
                        && DeliveredName.revision(DeliveredName.first(each)).isEmpty())
                .forEach(each -> differences.add(each + ": no manifest names it"));
        if (upper == null) {
            return new DeliveredRevision(line, period, null, differences);
        }
        if (DeliveredName.isPeriod(name) && !name.equals(upper.period().label())) {
            differences.add(Manifest.NAME + ": it is the manifest of period "
                    + upper.period().label() + ", the folder is that of " + name);
        }
        for (String each : names) {
            OptionalInt other = DeliveredName.revision(DeliveredName.first(each));
            if (other.isPresent() && each.endsWith("/" + Manifest.NAME) && other.getAsInt() > upper.revision()) {
                differences.add(Manifest.NAME + ": it names revision " + upper.revision() + ", although revision "
                        + other.getAsInt() + " exists");
            }
        }
        if (names.stream().noneMatch(each -> each.startsWith("r" + upper.revision() + "/"))) {
            differences.add(Manifest.NAME + ": it names revision " + upper.revision() + ", which is missing");
            return new DeliveredRevision(line, period, null, differences);
        }
        Folder folder = period.folder("r" + upper.revision());
        List<String> below = new ArrayList<>();
        Manifest manifest = manifest(folder, below);
        for (String own : List.of(Manifest.NAME, Manifest.SIGNATURE)) {
            if (manifest != null
                    && !Arrays.equals(
                            period.read(own).orElse(null), folder.read(own).orElse(null))) {
                below.add(own + ": it differs from the one in the folder above");
            }
        }
        DeliveredRevision revision =
                new DeliveredRevision(line, folder, manifest == null ? upper : manifest, differences);
        below.forEach(each -> differences.add("r" + upper.revision() + "/" + each));
        revision.expectNumber(OptionalInt.of(upper.revision()));
        revision.findUnnamed(folder.names().all());
        return revision;
    }

    private static @Nullable Manifest manifest(Folder folder, List<String> differences) throws IOException {
        Optional<byte[]> json = folder.read(Manifest.NAME);
        if (json.isEmpty()) {
            differences.add(Manifest.NAME + ": it is missing");
            return null;
        }
        try {
            return ManifestJson.read(json.get());
        } catch (IllegalArgumentException foreign) {
            differences.add(Manifest.NAME + ": it is not a manifest: " + foreign.getMessage());
            return null;
        }
    }

    private void expectNumber(OptionalInt number) {
        if (manifest != null && number.isPresent() && manifest.revision() != number.getAsInt()) {
            differences.add(Manifest.NAME + ": it is the manifest of revision " + manifest.revision()
                    + ", the folder is that of " + number.getAsInt());
        }
    }

    private void findUnnamed(SortedSet<String> names) {
        Set<String> known = manifest == null
                ? Set.of()
                : manifest.files().stream().map(Manifest.File::name).collect(Collectors.toSet());
        names.stream()
                .filter(name -> !OWN.contains(name) && !known.contains(name))
                .forEach(name -> differences.add(name + ": no manifest names it"));
    }

    /**
     * Returns the manifest's bytes and its signature from the revision's folder; empty where the manifest is missing.
     */
    public Optional<SignedManifest> signedManifest() {
        try {
            Optional<byte[]> json = folder.read(Manifest.NAME);
            byte[] signature = folder.read(Manifest.SIGNATURE).orElse(null);
            return json.map(bytes -> new SignedManifest(bytes, signature));
        } catch (IOException | SdkException e) {
            throw new DeliveryException("Can't read " + folder + ": " + reason(e) + ".", e);
        }
    }

    boolean isIn(Folder place) {
        return folder.equals(place);
    }

    /** Returns text for each difference in manifests and names. Reads no other file. */
    public List<String> differences() {
        return List.copyOf(differences);
    }

    /** Returns the manifest; empty where it can't be read, which is a difference. */
    public Optional<Manifest> manifest() {
        return Optional.ofNullable(manifest);
    }

    /**
     * Reads every file of the manifest and compares its size and SHA-256.
     *
     * @param scratch an empty folder for copies of files that are not on this machine
     * @param wrong receives text for each difference
     * @return the local path of each file that is as delivered
     */
    public Map<String, Path> fetch(Path scratch, List<String> wrong) {
        return fetch(scratch, name -> true, wrong);
    }

    /**
     * As {@link #fetch(Path, List)}, for some of the files.
     *
     * @param wanted selects files by their name in the manifest
     */
    public Map<String, Path> fetch(Path scratch, Predicate<String> wanted, List<String> wrong) {
        Map<String, Path> files = new TreeMap<>();
        if (manifest == null) {
            return files;
        }
        try {
            Set<String> there = folder.names().all();
            for (Manifest.File file : manifest.files()) {
                if (!wanted.test(file.name())) {
                    continue;
                }
                if (!there.contains(file.name())) {
                    wrong.add(file.name() + ": it is missing");
                    continue;
                }
                if (!folder.isOrdinary(file.name())) {
                    // Reported already among the differences. Must not be read, because a pipe has no end.
                    continue;
                }
                Path path = folder.fetch(file.name(), scratch, file.bytes());
                long bytes = Files.size(path);
                if (bytes != file.bytes()) {
                    wrong.add(file.name() + ": size: the manifest says " + file.bytes() + " bytes, the file has "
                            + bytes);
                    continue;
                }
                Checksum checksum = Checksum.of(path);
                if (!checksum.isOf(file)) {
                    wrong.add(file.name() + ": SHA-256: the manifest says " + file.sha256() + ", the file has "
                            + checksum.sha256());
                } else {
                    files.put(file.name(), path);
                }
            }
            return files;
        } catch (IOException | SdkException e) {
            throw new DeliveryException("Can't read " + folder + ": " + reason(e) + ".", e);
        }
    }

    /** Returns the revision's folder, for messages. */
    @Override
    public String toString() {
        return folder.toString();
    }

    @Override
    public void close() {
        try {
            line.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
