package dev.billingexport.worker;

import dev.billingexport.job.ExportProperties;
import dev.billingexport.job.Settings;
import dev.billingexport.session.Scope;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.boot.info.BuildProperties;

/**
 * The settings and the version that all processes of a run must have in common. They have a queue of their own for each ledger: a process
 * with others gets no request at all.
 *
 * @param values by their names
 */
record SharedSettings(SortedMap<String, String> values) {

    static SharedSettings of(ExportProperties properties, Scope scope, BuildProperties build) {
        SortedMap<String, String> values = new TreeMap<>(Settings.ofCollecting(properties, scope));
        values.put("version of billing-export", String.valueOf(build.getVersion()));
        return new SharedSettings(values);
    }

    static SharedSettings parse(String text) {
        SortedMap<String, String> values = new TreeMap<>();
        text.lines().map(line -> line.split("=", 2)).forEach(parts -> values.put(parts[0], parts[1]));
        return new SharedSettings(values);
    }

    /** A line for each; the values hold no line breaks. */
    String text() {
        return values.entrySet().stream()
                .map(value -> value.getKey() + "="
                        + value.getValue()
                                .replace("\\", "\\\\")
                                .replace("\n", "\\n")
                                .replace("\r", "\\r"))
                .collect(Collectors.joining("\n"));
    }

    /** What the queue is called for that export of that ledger. */
    String queue(String ledger, String export) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((ledger + "\n" + text()).getBytes(StandardCharsets.UTF_8));
            return "billing-export." + export + "." + HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    /** What these differ in from those of a launch, each in words. */
    List<String> differences(SharedSettings launch) {
        SortedMap<String, String> all = new TreeMap<>(launch.values);
        all.putAll(values);
        return all.keySet().stream()
                .filter(name -> !values.getOrDefault(name, "none").equals(launch.values.getOrDefault(name, "none")))
                .map(name -> name + " is " + values.getOrDefault(name, "none") + " here and "
                        + launch.values.getOrDefault(name, "none") + " there")
                .toList();
    }
}
