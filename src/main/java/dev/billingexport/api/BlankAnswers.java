package dev.billingexport.api;

import java.util.Set;

/**
 * The answers to one question that are a success without any content: broken ones, or an API's way to say that there is
 * nothing. They are taken for the latter where the question may be answered so and the last try brings one again; once that
 * was seen on a route, the second in a row is enough. Not thread-safe.
 */
final class BlankAnswers {

    private static final int ENOUGH = 2;

    private final Route route;
    private final int maxAttempts;
    private final Set<String> usual;
    private int attempts;
    private int inARow;

    /**
     * @param maxAttempts of the question
     * @param usual the routes on which they were seen to mean that there is nothing; thread-safe, and added to
     */
    BlankAnswers(Route route, int maxAttempts, Set<String> usual) {
        this.route = route;
        this.maxAttempts = maxAttempts;
        this.usual = usual;
    }

    /** Whether there is nothing, now that an attempt failed like this. To be told of each failure. */
    boolean meanNothing(Failure failure) {
        attempts++;
        inARow = failure.kind() == Failure.Kind.BLANK ? inARow + 1 : 0;
        boolean repeated = inARow >= Math.min(ENOUGH, maxAttempts);
        if (!route.mayBeBlank() || !repeated || attempts < maxAttempts && !usual.contains(route.name())) {
            return false;
        }
        usual.add(route.name());
        return true;
    }
}
