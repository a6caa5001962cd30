package dev.billingexport.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The regular files below a folder, by their paths from there, for tests that compare them. */
public final class FolderContents {

    private FolderContents() {}

    /** Returns the paths of all files; none where the folder doesn't exist. */
    public static SortedSet<String> names(Path folder) {
        if (!Files.exists(folder)) {
            return new TreeSet<>();
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(Files::isRegularFile)
                    .map(path -> folder.relativize(path).toString())
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns all files, each with its bytes as ISO-8859-1 text, which keeps every byte. */
    public static SortedMap<String, String> of(Path folder) {
        SortedMap<String, String> files = new TreeMap<>();
        for (String name : names(folder)) {
            try {
                files.put(name, Files.readString(folder.resolve(name), ISO_8859_1));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return files;
    }

    /** Removes the manifests and signatures, which name the time of delivery, and returns the same map. */
    public static Map<String, String> withoutManifests(Map<String, String> files) {
        files.keySet().removeIf(name -> name.endsWith("manifest.json") || name.endsWith("manifest.json.sig"));
        return files;
    }

    /** Removes the times at which something was collected or delivered from the manifests, and returns the same map. */
    public static SortedMap<String, String> withoutTimes(SortedMap<String, String> files) {
        files.replaceAll((name, content) -> content.replaceAll("\"(delivered_at|first|last)\" : \"[^\"]*\"", ""));
        return files;
    }
}
