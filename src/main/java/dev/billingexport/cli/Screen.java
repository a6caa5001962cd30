package dev.billingexport.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Scanner;

/**
 * The output of this process, with one status line below it where standard error is a terminal. Everything that is
 * printed stands above that line. The line is cut at the terminal's width and never wraps. Thread-safe.
 *
 * <p>Doesn't use JLine's terminal, which the progress bar's library would open: it handles SIGINT itself, so that
 * Ctrl-C would kill the process.
 */
final class Screen {

    private static final String ERASE = "\r\u001b[K";
    /**
     * Switches off wrapping: at the edge each character replaces the one before, and the blank replaces the last. The
     * carriage return puts the echo of typed text at the start of the line.
     */
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

    /** Directs everything that is printed from now on through a screen. */
    static Screen install() {
        Screen screen = new Screen(System.out, System.err);
        System.setOut(new PrintStream(screen.new Above(screen.out), true, charset("stdout")));
        System.setErr(new PrintStream(screen.new Above(screen.err), true, charset("stderr")));
        return screen;
    }

    /** Returns the character encoding of {@code stdout} or {@code stderr}. */
    static Charset charset(String stream) {
        String name = System.getProperty(stream + ".encoding", System.getProperty("sun." + stream + ".encoding"));
        return name == null ? Charset.defaultCharset() : Charset.forName(name);
    }

    /**
     * Returns the number of columns of standard error. Asks the shell, because Java can't tell which of its streams is
     * a terminal.
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

    /** Replaces the status line; an empty text removes it. */
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

    /** Prints above the status line. */
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
