package dev.billingexport.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.boot.origin.OriginTrackedValue;

/**
 * The definition of an export, in YAML. All values are text, exactly as written.
 *
 * @param path absolute
 * @param values values by property, each with its line
 * @param complaints for each property that no job file may have, or whose value is ambiguous in YAML, a line that says
 *     so
 */
record JobFile(Path path, Map<String, OriginTrackedValue> values, Map<String, String> complaints) {

    /** Properties that a job file may have, without dashes. */
    private static final Pattern KNOWN = Pattern.compile("export[.\\[].+"
            + "|spring\\.datasource\\.(url|username)"
            + "|spring\\.ssl\\.bundle\\.(pem|jks)\\..+"
            + "|spring\\.mail\\.(host|port|protocol|username|defaultencoding|(ssl|properties)[.\\[].+)");

    private static final Pattern SECRET = Pattern.compile(".*password");

    /** @throws UsageException if the file can't be read */
    static JobFile read(Path path) {
        if (Files.isDirectory(path)) {
            throw new UsageException(
                    path + " is a folder. Name the job file, such as " + path.resolve("monthly-billing.yml") + ".");
        }
        if (!Files.exists(path)) {
            throw new UsageException("There is no job file " + path + "." + nearest(path));
        }
        if (!path.getFileName().toString().matches("(?i).+\\.ya?ml")) {
            throw new UsageException("The job file " + path + " must be YAML, and its name must end in .yml or .yaml.");
        }
        if (!Files.isReadable(path)) {
            throw new UsageException("The job file " + path + " can't be read: permission denied.");
        }
        Map<String, String> complaints = new LinkedHashMap<>();
        Map<String, OriginTrackedValue> values = YamlText.read(path, complaints);
        values.entrySet().removeIf(value -> {
            String name = value.getKey().toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
            boolean secret = SECRET.matcher(name).matches();
            boolean known = KNOWN.matcher(name).matches() && !secret;
            if (!known) {
                complaints.put(
                        value.getKey(),
                        "Unknown property " + value.getKey()
                                + SettingErrors.origin(value.getValue().getOrigin())
                                + (secret || name.startsWith("enablex")
                                        ? ": credentials come from the environment or a mounted file."
                                        : ": a job file may have export.*, spring.datasource.url and .username,"
                                                + " spring.ssl.bundle.* and spring.mail.*."));
            }
            return !known;
        });
        return new JobFile(path.toAbsolutePath().normalize(), values, complaints);
    }

    private static String nearest(Path path) {
        String[] others = path.toAbsolutePath().resolveSibling("").toFile().list();
        return others == null ? "" : Nearest.question(String.valueOf(path.getFileName()), List.of(others));
    }

    /**
     * Returns the name of an export whose job file sets none: the file's name without its suffix, restricted to
     * characters that a folder may have.
     */
    String exportName() {
        String name = path.getFileName().toString().replaceFirst("\\.[^.]*$", "");
        String possible = name.replaceAll("[^A-Za-z0-9_-]", "-").replaceFirst("^[_-]+", "");
        return possible.isEmpty() ? name : possible.substring(0, Math.min(60, possible.length()));
    }
}
