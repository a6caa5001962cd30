package dev.billingexport.delivery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A folder to look into, on this machine or in a bucket. Names are relative, with {@code /} between folders. */
interface Folder {

    /** A folder further down, there or not. */
    Folder folder(String name);

    /** A small file, or empty where there is none, which a pipe is not. */
    Optional<byte[]> read(String name) throws IOException;

    /** The names of all files and links, those in folders further down among them; no link is followed. */
    SortedSet<String> names() throws IOException;

    /** Whether a name stands for bytes that lie here: neither a link nor anything that only looks like a file. */
    boolean isOrdinary(String name);

    /**
     * A file on this machine: itself, or a copy.
     *
     * @param scratch where a copy may be put
     */
    Path fetch(String name, Path scratch) throws IOException;

    /** What operators know it by. */
    @Override
    String toString();

    /** A folder of this machine. */
    record Local(Path path) implements Folder {

        @Override
        public Folder folder(String name) {
            return new Local(path.resolve(name));
        }

        @Override
        public Optional<byte[]> read(String name) throws IOException {
            Path file = path.resolve(name);
            try {
                return Files.isRegularFile(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
            } catch (NoSuchFileException absent) {
                return Optional.empty();
            }
        }

        @Override
        public SortedSet<String> names() throws IOException {
            SortedSet<String> names = new TreeSet<>();
            if (Files.notExists(path)) {
                return names;
            }
            Path real = path.toRealPath();
            try (Stream<Path> paths = Files.walk(real)) {
                paths.filter(each -> !Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS))
                        .forEach(each -> names.add(String.join("/", parts(real.relativize(each)))));
                return names;
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
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
        public Path fetch(String name, Path scratch) {
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
        public SortedSet<String> names() {
            SortedSet<String> names = new TreeSet<>();
            bucket.keys(prefix).forEach(key -> names.add(key.substring(prefix.length())));
            return names;
        }

        @Override
        public boolean isOrdinary(String file) {
            return true;
        }

        @Override
        public Path fetch(String file, Path scratch) throws IOException {
            Path copy = scratch.resolve(file);
            Files.createDirectories(copy.toAbsolutePath().getParent());
            bucket.download(prefix + file, copy);
            return copy;
        }

        @Override
        public String toString() {
            return "s3://" + name + "/" + prefix;
        }
    }
}
