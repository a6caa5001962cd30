package dev.billingexport.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.pty4j.PtyProcess;
import com.pty4j.PtyProcessBuilder;
import dev.billingexport.BillingExport;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The program on a pseudo-terminal of the operating system: what it wrote, and what a reader sees of that. */
public final class PseudoTerminal implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Pattern CONTROL = Pattern.compile("\u001b\\[\\??(\\d*)([A-Za-z])");

    private final PtyProcess process;
    private final int columns;
    private final StringBuffer written = new StringBuffer();
    private final Thread reader = new Thread(this::read, "pseudo-terminal");

    private PseudoTerminal(PtyProcess process, int columns) {
        this.process = process;
        this.columns = columns;
        reader.setDaemon(true);
        reader.start();
    }

    /** Types a command in a folder, on a terminal that is so wide. */
    public static PseudoTerminal type(Path folder, Map<String, String> environment, int columns, String... arguments) {
        return start(SecondJvm.main(BillingExport.class, arguments), folder, environment, columns);
    }

    /** Starts any command there. */
    public static PseudoTerminal start(
            List<String> command, Path folder, Map<String, String> environment, int columns) {
        Map<String, String> variables = new HashMap<>(System.getenv());
        variables.keySet().removeIf(variable -> variable.matches("(BILLING_EXPORT|EXPORT|ENABLEX|SPRING|JAVA|JDK)_.*"));
        variables.put("TERM", "xterm");
        variables.putAll(environment);
        try {
            PtyProcess process = new PtyProcessBuilder(command.toArray(String[]::new))
                    .setDirectory(folder.toString())
                    .setEnvironment(variables)
                    .setInitialColumns(columns)
                    .setInitialRows(24)
                    .start();
            return new PseudoTerminal(process, columns);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Presses Ctrl-C. */
    public void interrupt() {
        try {
            process.getOutputStream().write(3);
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the operating system sends to the processes of a terminal that is closed. */
    public void hangUp() {
        try {
            assertThat(new ProcessBuilder("kill", "-HUP", String.valueOf(process.pid()))
                            .inheritIO()
                            .start()
                            .waitFor())
                    .isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until the screen shows something. */
    public void await(String what, Predicate<String> shown) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!shown.test(written.toString())) {
            assertThat(process.isAlive() && System.nanoTime() < deadline)
                    .as("%s; alive: %s; screen: %s", what, process.isAlive(), screen())
                    .isTrue();
            LockSupport.parkNanos(1_000_000);
        }
    }

    public int exitCode() {
        try {
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as("ended; screen: %s", screen())
                    .isTrue();
            reader.join(PATIENCE.toMillis());
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Every character that was written so far. */
    public String written() {
        return written.toString();
    }

    /** The lines that a reader sees, without the blanks at their ends; the last one is where the cursor would write next. */
    public List<String> screen() {
        List<StringBuilder> lines = new ArrayList<>(List.of(new StringBuilder()));
        int column = 0;
        boolean wraps = true;
        String text = written.toString();
        Matcher control = CONTROL.matcher(text);
        for (int i = 0; i < text.length(); i++) {
            StringBuilder line = lines.get(lines.size() - 1);
            char character = text.charAt(i);
            if (control.region(i, text.length()).lookingAt()) {
                switch (control.group(2)) {
                    case "K" -> line.setLength(Math.min(column, line.length()));
                    case "h", "l" -> wraps = control.group(2).equals("h");
                    default -> throw new AssertionError("an unexpected control sequence: " + control.group());
                }
                i = control.end() - 1;
            } else if (character == '\r') {
                column = 0;
            } else if (character == '\n') {
                lines.add(new StringBuilder(" ".repeat(column)));
            } else {
                if (column == columns && wraps) {
                    line = new StringBuilder();
                    lines.add(line);
                    column = 0;
                }
                int place = Math.min(column, columns - 1);
                line.append(" ".repeat(Math.max(0, place + 1 - line.length()))).setCharAt(place, character);
                column = place + 1;
            }
        }
        return lines.stream().map(line -> line.toString().stripTrailing()).toList();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        exitCode();
    }

    private void read() {
        byte[] buffer = new byte[8192];
        try (InputStream output = process.getInputStream()) {
            for (int length = output.read(buffer); length >= 0; length = output.read(buffer)) {
                written.append(new String(buffer, 0, length, UTF_8));
            }
        } catch (IOException e) {
            // That is how a terminal ends.
        }
    }
}
