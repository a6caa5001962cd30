package dev.billingexport.worker;

import dev.billingexport.files.Sha256;
import dev.billingexport.job.ExportProperties;
import dev.billingexport.job.Settings;
import dev.billingexport.session.Scope;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.boot.info.BuildProperties;

/**
 * The settings and the version that all processes of a run must have in common. The queue is named after them and the
 * ledger, so a process with other settings gets no request.
 *
 * @param values by their names
 */
record SharedSettings(SortedMap<String, String> values) {

    static SharedSettings of(ExportProperties properties, Scope scope, BuildProperties build) {
        SortedMap<String, String> values = new TreeMap<>(Settings.ofCollecting(properties, scope));
        values.put("version of billing-export", String.valueOf(build.getVersion()));
        return new SharedSettings(values);
    }

    /** Returns the settings that a {@link #text} was made of. */
    static SharedSettings parse(String text) {
        SortedMap<String, String> values = new TreeMap<>();
        text.lines()
                .map(line -> line.split("=", 2))
                .forEach(parts -> values.put(parts[0], parts[1].translateEscapes()));
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

    /** Returns the name of the queue for an export of a ledger. */
    String queue(String ledger, String export) {
        byte[] digest = Sha256.digest().digest((ledger + "\n" + text()).getBytes(StandardCharsets.UTF_8));
        return "billing-export." + export + "." + HexFormat.of().formatHex(digest, 0, 8);
    }

    /** Returns how these differ from the settings of a launch, each difference in words. */
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
