package dev.billingexport.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.boot.env.ConfigTreePropertySource;
import org.springframework.boot.env.ConfigTreePropertySource.Option;

/** Reads secrets that systemd, Docker or Kubernetes mount: one file a value, named like the variable or property. */
final class MountedFiles {

    static final String VARIABLE = "SPRING_CONFIG_IMPORT";
    static final String PROPERTY = "spring.config.import";

    private static final Pattern TREE = Pattern.compile("(?<optional>optional:)?configtree:(?<folder>.+)");

    private MountedFiles() {}

    /**
     * Reads the files of some folders. For equal names the later folder wins.
     *
     * @param imports value of {@code SPRING_CONFIG_IMPORT}: {@code configtree:<folder>/}, several separated by commas;
     *     a folder that ends in an asterisk stands for all folders in it
     * @throws UsageException if an entry has another form, or its folder doesn't exist and isn't marked as optional
     */
    static Map<String, Object> read(String imports) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (String wanted : imports.split("[,;]")) {
            if (!wanted.isBlank()) {
                folders(wanted.strip()).forEach(folder -> add(folder, values));
            }
        }
        return values;
    }

    private static List<Path> folders(String wanted) {
        var tree = TREE.matcher(wanted);
        if (!tree.matches()) {
            throw new UsageException(VARIABLE + " = " + wanted
                    + ": must be configtree: and a folder of mounted files, such as configtree:/run/secrets/enablex/.");
        }
        String folder = tree.group("folder");
        boolean all = folder.matches(".*/\\*/?");
        try {
            Path path = Path.of(all ? folder.replaceFirst("\\*/?$", "") : folder);
            if (!Files.isDirectory(path)) {
                if (tree.group("optional") != null) {
                    return List.of();
                }
                throw new UsageException(VARIABLE + " = " + wanted + ": the folder doesn't exist: " + path
                        + ". Mount it, or write optional:" + wanted + ".");
            }
            if (!all) {
                return List.of(path);
            }
            try (Stream<Path> folders = Files.list(path)) {
                return folders.filter(Files::isDirectory).sorted().toList();
            }
        } catch (IOException | InvalidPathException e) {
            throw new UsageException(VARIABLE + " = " + wanted + " can't be read: " + e.getMessage(), e);
        }
    }

    private static void add(Path folder, Map<String, Object> values) {
        try {
            ConfigTreePropertySource tree =
                    new ConfigTreePropertySource(folder.toString(), folder, Option.AUTO_TRIM_TRAILING_NEW_LINE);
            for (String name : tree.getPropertyNames()) {
                if (ExportEnvironment.isListed(name)) {
                    values.put(name, String.valueOf(tree.getProperty(name)));
                }
            }
        } catch (UncheckedIOException | IllegalStateException e) {
            throw new UsageException("The mounted files in " + folder + " can't be read: " + Errors.message(e), e);
        }
    }
}
