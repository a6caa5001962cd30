package dev.billingexport.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * One run of the packaged program in a process and a folder of its own, and what it took.
 *
 * @param seconds from its start to its end
 * @param cpuSeconds of all its threads, user and system
 * @param peakMegabytes of memory that was resident
 */
record ProgramRun(double seconds, double cpuSeconds, long peakMegabytes) {

    private static final Path JAR = Path.of("target/billing-export.jar").toAbsolutePath();
    private static final long POLL_MILLIS = 20;

    /** Runs October of an API, credentials included, with options for the JVM and settings as {@code NAME=value}. */
    static ProgramRun of(Path folder, URI api, List<String> jvm, Map<String, String> settings, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        command.addAll(List.of("-jar", JAR.toString(), "run", "--month", "2026-10"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("out.txt").toFile())
                .redirectError(folder.resolve("err.txt").toFile());
        builder.environment()
                .putAll(Map.of(
                        "EXPORT_SOURCE_BASE_URL", api.toString(),
                        "ENABLEX_APP_ID", "sample",
                        "ENABLEX_APP_KEY", "sample-key"));
        builder.environment().putAll(settings);
        try {
            long start = System.nanoTime();
            Process process = builder.start();
            Duration cpu = Duration.ZERO;
            long peak = 0;
            while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                cpu = process.info().totalCpuDuration().orElse(cpu);
                peak = Math.max(peak, peakMegabytes(process.pid()));
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            if (process.exitValue() != 0) {
                throw new IllegalStateException("The run failed: " + Files.readString(folder.resolve("err.txt")));
            }
            return new ProgramRun(seconds, cpu.toMillis() / 1e3, peak);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Linux's own high-water mark; 0 elsewhere, or where the process has just ended. */
    private static long peakMegabytes(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .map(line -> Arrays.asList(line.split("\\s+")).get(1))
                    .mapToLong(kilobytes -> Long.parseLong(kilobytes) / 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException | UncheckedIOException e) {
            return 0;
        }
    }
}
