package dev.billingexport.delivery;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Read access to a folder, on this machine or in a bucket. Names are relative, with {@code /} between folders. */
interface Folder {

    /** Returns a folder further down, which may not exist. */
    Folder folder(String name);

    /** More files than a delivery, or a hundred years of deliveries, have. */
    int MAX_NAMES = 200_000;

    /**
     * Reads a small file; empty where there is none, or something else such as a pipe. Of a file larger than any
     * manifest, only a part is returned, which is still larger than any manifest.
     */
    Optional<byte[]> read(String name) throws IOException;

    /** Returns the names of all files and links, including those in deeper folders. Doesn't follow links. */
    Names names() throws IOException;

    /** Returns the names of the folders directly below. Doesn't follow links. */
    SortedSet<String> folders() throws IOException;

    /**
     * @param complete whether these are all; false where there are more names or deeper folders than any delivery has
     */
    record Names(SortedSet<String> all, boolean complete) {}

    /** Returns whether a name is a regular file here: no link and no special file. */
    boolean isOrdinary(String name);

    /**
     * Returns the path of a file on this machine: the file itself or a copy.
     *
     * @param scratch folder for a copy
     * @param bytes expected size; a copy of a larger file has at most one byte more
     */
    Path fetch(String name, Path scratch, long bytes) throws IOException;

    /** Returns the folder's name, for messages. */
    @Override
    String toString();

    /** A folder of this machine. */
    record Local(Path path) implements Folder {

        /** A delivery has at most six levels, counted from above the exports. */
        private static final int MAX_DEPTH = 12;

        @Override
        public Folder folder(String name) {
            return new Local(path.resolve(name));
        }

        @Override
        public Optional<byte[]> read(String name) throws IOException {
            Path file = path.resolve(name);
            try {
                if (!Files.isRegularFile(file)) {
                    return Optional.empty();
                }
                try (InputStream bytes = Files.newInputStream(file)) {
                    return Optional.of(bytes.readNBytes(ManifestJson.MAX_BYTES + 1));
                }
            } catch (NoSuchFileException absent) {
                return Optional.empty();
            }
        }

        @Override
        public Names names() throws IOException {
            SortedSet<String> names = new TreeSet<>();
            if (Files.notExists(path)) {
                return new Names(names, true);
            }
            Path real = path.toRealPath();
            boolean complete = true;
            try (Stream<Path> paths = Files.walk(real, MAX_DEPTH)) {
                for (Iterator<Path> each = paths.iterator(); complete && each.hasNext(); ) {
                    Path path = each.next();
                    Path relative = real.relativize(path);
                    boolean folder = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
                    if (!folder) {
                        names.add(String.join("/", parts(relative)));
                    }
                    complete = names.size() <= MAX_NAMES && !(folder && relative.getNameCount() == MAX_DEPTH);
                }
                return new Names(names, complete);
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        }

        @Override
        public SortedSet<String> folders() throws IOException {
            SortedSet<String> names = new TreeSet<>();
            if (Files.isDirectory(path)) {
                try (Stream<Path> paths = Files.list(path)) {
                    paths.filter(each -> Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS))
                            .limit(MAX_NAMES)
                            .forEach(each -> names.add(each.getFileName().toString()));
                }
            }
            return names;
        }

        @Override
        public boolean isOrdinary(String name) {
            return Files.isRegularFile(path.resolve(name), LinkOption.NOFOLLOW_LINKS);
        }

        private static List<String> parts(Path relative) {
            return Stream.iterate(0, part -> part < relative.getNameCount(), part -> part + 1)
                    .map(part -> relative.getName(part).toString())
                    .toList();
        }

        @Override
        public Path fetch(String name, Path scratch, long bytes) {
            return path.resolve(name);
        }

        @Override
        public String toString() {
            return path.toString();
        }
    }

    /** @param prefix empty, or ends with a slash */
    record InBucket(Bucket bucket, String name, String prefix) implements Folder {

        @Override
        public Folder folder(String further) {
            return new InBucket(bucket, name, prefix + further + "/");
        }

        @Override
        public Optional<byte[]> read(String file) {
            return bucket.read(prefix + file).map(Bucket.Content::bytes);
        }

        @Override
        public Names names() {
            SortedSet<String> names = new TreeSet<>();
            boolean complete = bucket.keys(prefix, MAX_NAMES, key -> names.add(key.substring(prefix.length())));
            return new Names(names, complete);
        }

        @Override
        public SortedSet<String> folders() {
            SortedSet<String> names = new TreeSet<>();
            bucket.folders(prefix).forEach(key -> names.add(key.substring(prefix.length(), key.length() - 1)));
            return names;
        }

        @Override
        public boolean isOrdinary(String file) {
            return true;
        }

        @Override
        public Path fetch(String file, Path scratch, long bytes) throws IOException {
            Path copy = scratch.resolve(file);
            Files.createDirectories(copy.toAbsolutePath().getParent());
            bucket.download(prefix + file, copy, bytes);
            return copy;
        }

        @Override
        public String toString() {
            return "s3://" + name + "/" + prefix;
        }
    }
}
