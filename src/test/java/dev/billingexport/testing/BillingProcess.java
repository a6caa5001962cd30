package dev.billingexport.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.BillingExport;
import dev.billingexport.sample.SampleAccount;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * The program as a process of its own, on the class path of the tests unless it is started by another command. It sees no variable of its parent's that could
 * configure it, only those that it is given.
 */
public final class BillingProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(180);

    private final Process process;
    private final Path out;
    private final Path err;

    private BillingProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** Starts it in a folder, which is also where what it prints is kept. */
    public static BillingProcess start(Path folder, Map<String, String> environment, String... arguments) {
        return start(SecondJvm.main(BillingExport.class, arguments), folder, environment);
    }

    /** Starts it by another command, such as the launcher or a test's own main class. */
    public static BillingProcess start(List<String> command, Path folder, Map<String, String> environment) {
        String name = ".process-" + UUID.randomUUID();
        Path out = folder.resolve(name + ".out");
        Path err = folder.resolve(name + ".err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment()
                .keySet()
                .removeIf(variable -> variable.matches("(BILLING_EXPORT|EXPORT|ENABLEX|SPRING|JAVA|JDK)_.*"));
        builder.environment().putAll(environment);
        try {
            return new BillingProcess(builder.start(), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What logs in to a sample API.
     *
     * @param more variables, as {@code NAME=value}
     */
    public static Map<String, String> connect(FakeApi api, String... more) {
        return connect(api.baseUrl(), more);
    }

    /** The same, of an API at an address. */
    public static Map<String, String> connect(URI baseUrl, String... more) {
        Map<String, String> environment = new HashMap<>();
        environment.put("ENABLEX_APP_ID", SampleAccount.APP_ID);
        environment.put("ENABLEX_APP_KEY", SampleAccount.APP_KEY);
        environment.put("EXPORT_SOURCE_BASE_URL", baseUrl.toString());
        for (String variable : more) {
            String[] parts = variable.split("=", 2);
            environment.put(parts[0], parts[1]);
        }
        return environment;
    }

    public long pid() {
        return process.pid();
    }

    /** What everybody on the machine can see of it. */
    public String commandLine() {
        return process.info().commandLine().orElseThrow();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** SIGKILL; returns at once. */
    public void kill() {
        process.destroyForcibly();
    }

    /** Sends a signal, such as TERM or INT; nothing happens where the process has just ended. */
    public void signal(String name) {
        try {
            int answer = new ProcessBuilder("kill", "-" + name, String.valueOf(pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            assertThat(answer == 0 || !isAlive()).isTrue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits for a condition; fails where the process ends before. */
    public void await(String what, BooleanSupplier condition) {
        await(what, condition, Duration.ofMillis(20));
    }

    /** The same, as closely as a process can be watched. Keeps a core busy, which the process could use. */
    public void awaitClosely(String what, BooleanSupplier condition) {
        await(what, condition, Duration.ofNanos(200_000));
    }

    private void await(String what, BooleanSupplier condition, Duration poll) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(isAlive() && System.nanoTime() < deadline)
                    .as("%s; alive: %s; printed: %s%s", what, isAlive(), out(), err())
                    .isTrue();
            LockSupport.parkNanos(poll.toNanos());
        }
    }

    /** Waits for the end and returns the exit code; SIGKILL gives 137. */
    public int exitCode() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                // What its threads are at belongs to what it printed then.
                signal("QUIT");
                Thread.sleep(1_000);
            }
            assertThat(process.isAlive())
                    .as("alive for too long; it printed: %s%s", out(), err())
                    .isFalse();
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Standard output so far. */
    public String out() {
        return read(out);
    }

    /** Standard error so far. */
    public String err() {
        return read(err);
    }

    @Override
    public void close() {
        kill();
        exitCode();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
