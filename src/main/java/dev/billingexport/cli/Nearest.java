package dev.billingexport.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** The word that was meant by one that is mistyped. */
final class Nearest {

    private Nearest() {}

    /** Asks whether the nearest of some words was meant, after a blank; empty where none is near. */
    static String question(String typed, Collection<String> words) {
        // A property's last part: what all of them have in common would make any two alike.
        String last = typed.replaceFirst("^.*[._](?=.)", "");
        int far = last.length() < 4 ? 1 : Math.max(2, Math.min(last.length() / 3, 3));
        return words.stream()
                .filter(word -> distance(typed, word) <= far)
                .min(Comparator.comparing(word -> distance(typed, word)))
                .map(word -> " Did you mean " + word + "?")
                .orElse("");
    }

    private static int distance(String one, String other) {
        return LevenshteinDistance.getDefaultInstance()
                .apply(one.toLowerCase(Locale.ROOT), other.toLowerCase(Locale.ROOT));
    }
}
