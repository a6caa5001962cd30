package dev.billingexport.cli;

import dev.billingexport.text.Printable;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/**
 * Prints lines. Text given to {@code println} becomes one {@linkplain Printable escaped} line, wherever it comes from;
 * tabs of stack traces are kept. Text given to {@code print}, such as a command's help, is not changed.
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
