package dev.billingexport.testing;

import java.util.regex.Pattern;

/** The line that a run writes every ten seconds where there is no terminal: a slow machine gets to see one. */
public final class ProgressLines {

    private static final Pattern LINE =
            Pattern.compile("\\d\\d:\\d\\d:\\d\\d (start|collect|confirm|render|deliver): .*(\\R|$)");

    private ProgressLines() {}

    /** Returns what was printed without such lines. */
    public static String removed(String printed) {
        return LINE.matcher(printed).replaceAll("");
    }
}
