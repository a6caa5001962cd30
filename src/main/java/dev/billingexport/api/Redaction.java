package dev.billingexport.api;

import dev.billingexport.text.Printable;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes text from others safe for one line to an operator: removes secrets that a server may have echoed and control
 * characters that a terminal would execute, and cuts long text. Thread-safe.
 */
final class Redaction {

    private static final int MAX_LENGTH = 500;

    private final Set<String> secrets = ConcurrentHashMap.newKeySet();

    /**
     * Hides a text from now on, also in the escaped forms of JSON, URLs, forms and HTML: a server or a proxy may quote
     * what it was sent.
     */
    void hide(String secret) {
        if (!secret.isEmpty()) {
            secrets.add(secret);
            // The form that HTML forms use.
            secrets.add(secret.replace(' ', '+'));
        }
    }

    String clean(String text) {
        return Printable.escaped(hidden(text).strip(), MAX_LENGTH);
    }

    /**
     * Returns a cause that is safe in a stack trace: the same one, or a replacement where its message holds a secret.
     */
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
