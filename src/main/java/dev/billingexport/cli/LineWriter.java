package dev.billingexport.cli;

import dev.billingexport.text.Printable;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/**
 * Prints lines: what is given to {@code println} becomes one line, {@linkplain Printable escaped} whoever wrote it. A stack
 * trace keeps its tabs. Pages of our own, such as a command's help, are given to {@code print} and pass as they are.
 */
final class LineWriter extends PrintWriter {

    LineWriter(PrintStream stream, Charset charset) {
        super(new OutputStreamWriter(stream, charset), true);
    }

    LineWriter(Writer writer) {
        super(writer);
    }

    @Override
    public void println(@Nullable String line) {
        String text = String.valueOf(line);
        int tabs = 0;
        while (tabs < text.length() && text.charAt(tabs) == '\t') {
            tabs++;
        }
        super.println(text.substring(0, tabs) + Printable.escaped(text.substring(tabs)));
    }

    @Override
    public void println(@Nullable Object line) {
        println(String.valueOf(line));
    }
}
