package dev.billingexport.bench;

import dev.billingexport.sample.SampleAccount;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Runs of the packaged program, as a user would start it, each in a new folder. */
final class Program {

    private static final Path JAR = Path.of("target", "billing-export.jar").toAbsolutePath();

    private Program() {}

    /** What short runs are given by the launcher of the distribution. */
    static final List<String> LAUNCHER = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    /**
     * The run of October of an API.
     *
     * @param jvm options for the JVM
     */
    static ProcessBuilder october(Path folder, URI api, int inFlight, List<String> jvm) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        command.addAll(List.of("-jar", JAR.toString(), "run", "--month=2026-10"));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.txt").toFile());
        builder.environment()
                .putAll(Map.of(
                        "EXPORT_SOURCE_BASE_URL",
                        api.toString(),
                        "EXPORT_SOURCE_MAX_IN_FLIGHT",
                        Integer.toString(inFlight),
                        "ENABLEX_APP_ID",
                        SampleAccount.APP_ID,
                        "ENABLEX_APP_KEY",
                        SampleAccount.APP_KEY));
        return builder;
    }

    /** Bytes of all files below a folder. */
    static long bytes(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }
}
