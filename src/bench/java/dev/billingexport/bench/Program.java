package dev.billingexport.bench;

import dev.billingexport.sample.SampleAccount;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The program as a user installs it: the distribution, unpacked, with its archive of classes recorded. */
public final class Program {

    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final long MAX_SECONDS_TO_RECORD = 120;

    private final Path launcher;
    private final Path cache;

    private Program(Path launcher, Path cache) {
        this.launcher = launcher;
        this.cache = cache;
    }

    /** Unpacks it into a new folder and starts it once, which records the archive of classes. */
    static Program install(Path home) throws IOException, InterruptedException {
        Files.createDirectory(home);
        Path archive;
        try (Stream<Path> files = Files.list(TARGET)) {
            archive = files.filter(file -> file.toString().endsWith(".tar.gz"))
                    .findAny()
                    .orElseThrow(() -> new IllegalStateException("There is no archive in " + TARGET));
        }
        Child.run(List.of("tar", "xzf", archive.toString(), "-C", home.toString(), "--strip-components=1"));
        Program program = new Program(home.resolve("bin").resolve("billing-export"), home.resolve("cache"));
        Child.run(program.command(home, List.of(), "run", "--sample"));
        for (int waited = 0; !program.recorded(); waited++) {
            if (waited > MAX_SECONDS_TO_RECORD) {
                throw new IllegalStateException("No archive of classes was recorded in " + program.cache);
            }
            Thread.sleep(1_000);
        }
        return program;
    }

    private boolean recorded() throws IOException {
        try (Stream<Path> files = Files.list(cache)) {
            return files.anyMatch(file -> file.toString().endsWith(".jsa"));
        }
    }

    /**
     * A run over the first days of October of an API.
     *
     * @param days 31 for the whole month
     * @param jvm more options for the JVM
     */
    ProcessBuilder october(int days, Path folder, URI api, int inFlight, List<String> jvm) {
        LocalDate from = LocalDate.of(2026, 10, 1);
        ProcessBuilder builder = command(folder, jvm, "run", "--from=" + from, "--to=" + from.plusDays(days));
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

    private ProcessBuilder command(Path folder, List<String> jvm, String... arguments) {
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(Stream.of(launcher.toString()), Stream.of(arguments))
                        .toList())
                .directory(folder.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.txt").toFile());
        builder.environment()
                .putAll(Map.of(
                        "JAVA_HOME",
                        System.getProperty("java.home"),
                        "BILLING_EXPORT_CACHE",
                        cache.toString(),
                        "BILLING_EXPORT_OPTS",
                        String.join(" ", jvm)));
        return builder;
    }

    /** Bytes of all files below a folder. */
    public static long bytes(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
