package dev.billingexport.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds the word that a misspelt one was meant to be. */
final class Nearest {

    private Nearest() {}

    /** Returns the question whether the nearest word was meant, after a blank; empty where no word is near. */
    static String question(String typed, Collection<String> words) {
        // Compares a property's last part, because the common parts would make any two properties similar.
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
