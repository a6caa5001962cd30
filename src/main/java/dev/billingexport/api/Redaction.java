package dev.billingexport.api;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Makes what others wrote fit for an operator's line: no secrets that a server may have echoed, no control characters,
 * no novels. Thread-safe.
 */
final class Redaction {

    private static final int MAX_LENGTH = 300;

    /** Control, format, surrogate and unassigned characters, and what breaks lines. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]+");

    private final Set<String> secrets = ConcurrentHashMap.newKeySet();

    /** From now on this text is never shown, nor as JSON has it: a server may quote what it was sent. */
    void hide(String secret) {
        if (!secret.isEmpty()) {
            String quoted = JsonNodeFactory.instance.stringNode(secret).toString();
            secrets.add(secret);
            secrets.add(quoted.substring(1, quoted.length() - 1));
        }
    }

    String clean(String text) {
        String clean = text;
        for (String secret : secrets) {
            clean = clean.replace(secret, "***");
        }
        clean = UNPRINTABLE.matcher(clean).replaceAll(" ").strip();
        return clean.codePointCount(0, clean.length()) <= MAX_LENGTH
                ? clean
                : clean.substring(0, clean.offsetByCodePoints(0, MAX_LENGTH)) + "…";
    }
}
