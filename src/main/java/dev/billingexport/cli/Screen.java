package dev.billingexport.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Scanner;

/**
 * What this process prints, and below it one line of status where standard error is a terminal: whatever is printed, by
 * whomever, stands above that line. The line is cut at the terminal's edge and never wraps. Thread-safe.
 *
 * <p>Not JLine's terminal, which the bar's library would open: it takes SIGINT, so that Ctrl-C kills the process.
 */
final class Screen {

    private static final String ERASE = "\r\u001b[K";
    /** At the edge each character replaces the one before it, and the blank the last. What is typed is echoed at the line's start. */
    private static final String UNWRAPPED = "\u001b[?7l%s \r\u001b[?7h";

    private static final int DEFAULT_WIDTH = 80;

    private final PrintStream out;
    private final PrintStream err;
    private String status = "";
    private boolean shown;
    private boolean inLine;

    Screen(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** Has everything that is printed from now on go through a screen. */
    static Screen install() {
        Screen screen = new Screen(System.out, System.err);
        System.setOut(new PrintStream(screen.new Above(screen.out), true, charset("stdout")));
        System.setErr(new PrintStream(screen.new Above(screen.err), true, charset("stderr")));
        return screen;
    }

    /** What the characters of {@code stdout} or {@code stderr} are encoded with. */
    static Charset charset(String stream) {
        String name = System.getProperty(stream + ".encoding", System.getProperty("sun." + stream + ".encoding"));
        return name == null ? Charset.defaultCharset() : Charset.forName(name);
    }

    /**
     * How many columns standard error has. Asks the shell: Java can't tell which of its streams is a terminal.
     *
     * @return 0 where it is no terminal, or one that can't erase a line
     */
    int width() {
        String terminal = System.getenv("TERM");
        if (terminal == null || terminal.isEmpty() || terminal.equals("dumb")) {
            return 0;
        }
        try {
            Process shell = new ProcessBuilder("sh", "-c", "test -t 2 && { stty size <&2 2>/dev/null || echo 0 0; }")
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (InputStream answer = shell.getInputStream();
                    Scanner rowsAndColumns = new Scanner(answer, StandardCharsets.US_ASCII)) {
                if (!rowsAndColumns.hasNextInt()) {
                    return 0;
                }
                rowsAndColumns.nextInt();
                int columns = rowsAndColumns.hasNextInt() ? rowsAndColumns.nextInt() : 0;
                return columns > 0 ? columns : DEFAULT_WIDTH;
            }
        } catch (IOException e) {
            return 0;
        }
    }

    /** Shows a line of status in place of the one before; an empty one takes it away. */
    synchronized void status(String line) {
        status = line;
        if (!inLine) {
            err.print(line.isEmpty() ? erased() : ERASE + UNWRAPPED.formatted(line));
            err.flush();
            shown = !line.isEmpty();
        }
    }

    private String erased() {
        return shown ? ERASE : "";
    }

    private synchronized void print(PrintStream stream, byte[] bytes, int offset, int length) {
        if (shown) {
            err.print(ERASE);
            err.flush();
            shown = false;
        }
        stream.write(bytes, offset, length);
        stream.flush();
        inLine = bytes[offset + length - 1] != '\n';
        if (!status.isEmpty()) {
            status(status);
        }
    }

    /** Above the line of status. */
    private final class Above extends OutputStream {

        private final PrintStream stream;

        Above(PrintStream stream) {
            this.stream = stream;
        }

        @Override
        public void write(int character) {
            write(new byte[] {(byte) character}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            if (length > 0) {
                print(stream, bytes, offset, length);
            }
        }
    }
}
