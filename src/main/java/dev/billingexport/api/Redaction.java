package dev.billingexport.api;

import dev.billingexport.text.Printable;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes what others wrote fit for an operator's line: no secrets that a server may have echoed, nothing that a
 * terminal would act on, no novels. Thread-safe.
 */
final class Redaction {

    private static final int MAX_LENGTH = 500;

    private final Set<String> secrets = ConcurrentHashMap.newKeySet();

    /**
     * From now on this text is never shown, nor what JSON, a URL, a form or HTML make of it: a server or a proxy may quote
     * what it was sent.
     */
    void hide(String secret) {
        if (!secret.isEmpty()) {
            secrets.add(secret);
            // As a form has it.
            secrets.add(secret.replace(' ', '+'));
        }
    }

    String clean(String text) {
        return Printable.escaped(hidden(text).strip(), MAX_LENGTH);
    }

    /** A cause as a stack trace may show it: itself, or where its words tell a secret, another in its place. */
    @Nullable
    Throwable clean(@Nullable Throwable cause) {
        if (cause == null) {
            return null;
        }
        Throwable next = clean(cause.getCause());
        if (next == cause.getCause() && hidden(cause.toString()).equals(cause.toString())) {
            return cause;
        }
        IOException instead = new IOException(clean(cause.toString()), next);
        instead.setStackTrace(cause.getStackTrace());
        return instead;
    }

    private String hidden(String text) {
        String hidden = text;
        for (String secret : secrets) {
            hidden = new DecodedText(hidden.replace(secret, "***")).without(secret, "***");
        }
        return hidden;
    }
}
