package dev.billingexport.cli;

import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.billingexport.text.Printable;

/** A log message as {@code logback-spring.xml} prints it: one line, whatever text the message contains. */
public final class LoggedLine extends MessageConverter {

    @Override
    public String convert(ILoggingEvent event) {
        return Printable.escaped(super.convert(event));
    }
}
