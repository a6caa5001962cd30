package dev.billingexport.cli;

import ch.qos.logback.classic.pattern.ThrowableHandlingConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import java.io.StringWriter;

/**
 * A logged exception: its message and those of its causes, a line each; with the option {@code full} its stack trace.
 */
public final class LoggedTrace extends ThrowableHandlingConverter {

    @Override
    public String convert(ILoggingEvent event) {
        StringWriter text = new StringWriter();
        try (LineWriter lines = new LineWriter(text)) {
            if ("full".equals(getFirstOption()) && event.getThrowableProxy() instanceof ThrowableProxy proxy) {
                proxy.getThrowable().printStackTrace(lines);
            } else {
                String prefix = "";
                for (IThrowableProxy cause = event.getThrowableProxy(); cause != null; cause = cause.getCause()) {
                    lines.println(prefix + cause.getClassName() + ": " + cause.getMessage());
                    prefix = "Caused by: ";
                }
            }
        }
        return text.toString();
    }
}
