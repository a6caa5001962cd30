package dev.billingexport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The screen and the log: what they print of words that are made to rewrite a terminal. */
class LineWriterTest {

    private static final String HOSTILE = "a\u001b[2J\r\nFailed: \u202eb";
    private static final String SHOWN = "a\\u001b[2J\\r\\nFailed: \\u202eb";

    @Test
    void whatIsPrintedIsOneLine() {
        StringWriter text = new StringWriter();
        LineWriter lines = new LineWriter(text);

        lines.println(HOSTILE);
        lines.println((Object) HOSTILE);
        lines.print("a page\nof our own\n");

        assertThat(text.toString().lines()).containsExactly(SHOWN, SHOWN, "a page", "of our own");
    }

    @Test
    void aStackTraceKeepsItsShape() {
        StringWriter text = new StringWriter();
        Exception failure = new IllegalStateException(HOSTILE, new IllegalArgumentException(HOSTILE));

        failure.printStackTrace(new LineWriter(text));

        List<String> lines = text.toString().lines().toList();
        assertThat(lines).contains("java.lang.IllegalStateException: " + SHOWN);
        assertThat(lines).contains("Caused by: java.lang.IllegalArgumentException: " + SHOWN);
        assertThat(lines).allMatch(line -> line.startsWith("\t") || line.contains(SHOWN));
    }

    @Test
    void aLogHasALineForEachMessageAndEachCause() {
        Logger logger = new LoggerContext().getLogger("test");
        Exception failure = new IllegalStateException(HOSTILE, new IllegalArgumentException(HOSTILE));
        LoggingEvent event = new LoggingEvent("test", logger, Level.WARN, "{}", failure, new Object[] {HOSTILE});
        LoggedTrace full = new LoggedTrace();
        full.setOptionList(List.of("full"));

        assertThat(new LoggedLine().convert(event)).isEqualTo(SHOWN);
        assertThat(new LoggedTrace().convert(event).lines())
                .containsExactly(
                        "java.lang.IllegalStateException: " + SHOWN,
                        "Caused by: java.lang.IllegalArgumentException: " + SHOWN);
        assertThat(full.convert(event).lines())
                .hasSizeGreaterThan(4)
                .filteredOn(line -> line.contains(SHOWN))
                .hasSize(2);
    }
}
