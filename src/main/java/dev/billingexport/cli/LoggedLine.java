package dev.billingexport.cli;

import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.billingexport.text.Printable;

/** A log's message as {@code logback-spring.xml} has it printed: one line, whatever the message quotes. */
public final class LoggedLine extends MessageConverter {

    @Override
    public String convert(ILoggingEvent event) {
        return Printable.escaped(super.convert(event));
    }
}
