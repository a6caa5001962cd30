package dev.billingexport.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What a process of its own took from start to end: whoever is measured in one pays for its start-up and its memory, and
 * leaves no warm code behind for the next.
 *
 * @param seconds by the wall clock
 * @param cpuSeconds of all its threads, where the system tells; else 0
 * @param peakBytes the most memory that was resident, where the kernel tells; else 0
 */
public record Child(double seconds, double cpuSeconds, long peakBytes) {

    /** A command that runs a main class of this class path in a JVM with these options. */
    public static List<String> java(List<String> options, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Runs a command to its end, with its output among ours. */
    public static Child run(List<String> command) throws IOException, InterruptedException {
        return run(new ProcessBuilder(command).inheritIO());
    }

    /** Runs a process to its end. */
    public static Child run(ProcessBuilder builder) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = builder.start();
        long peak = 0;
        Duration cpu = Duration.ZERO;
        try {
            // Each look costs the machine that is measured: fifty a second took a tenth of a run.
            while (!process.waitFor(100, TimeUnit.MILLISECONDS)) {
                cpu = process.info().totalCpuDuration().orElse(cpu);
                peak = Math.max(peak, peakBytes(process.pid()));
            }
        } finally {
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
            throw new IOException("Exit code " + process.exitValue() + " of " + builder.command());
        }
        return new Child((System.nanoTime() - start) / 1e9, cpu.toMillis() / 1e3, peak);
    }

    private static long peakBytes(long pid) {
        try (Stream<String> status = Files.lines(Path.of("/proc", String.valueOf(pid), "status"))) {
            return status.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findAny()
                    .orElse(0);
        } catch (IOException | UncheckedIOException e) {
            return 0;
        }
    }
}
