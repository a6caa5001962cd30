package dev.billingexport.api;

import java.util.Set;

/**
 * Decides what successful answers without any content mean: a fault, or that there are no rows. They mean "no rows"
 * where the route allows it and the last attempt is blank again. Once a route has answered so, two blank answers in a
 * row are enough. One instance a request and its retries. Not thread-safe.
 */
final class BlankAnswers {

    private static final int ENOUGH = 2;

    private final Route route;
    private final int maxAttempts;
    private final Set<String> usual;
    private int attempts;
    private int inARow;

    /**
     * @param maxAttempts attempts of the request
     * @param usual names of the routes where blank answers were seen to mean "no rows"; shared and thread-safe, this
     *     class adds to it
     */
    BlankAnswers(Route route, int maxAttempts, Set<String> usual) {
        this.route = route;
        this.maxAttempts = maxAttempts;
        this.usual = usual;
    }

    /** Returns whether this failure means that there are no rows. Must be called for each failed attempt. */
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
