package dev.billingexport.report.rating;

import java.util.Collection;
import java.util.stream.Collectors;

/** Users with usage that the list of customers assigns to no customer. */
public final class UnassignedUsersException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final int MAX_NAMED = 20;

    /** @param userIds empty text for sessions without a user */
    public UnassignedUsersException(Collection<String> userIds) {
        super(
                "export.rating.customers has no customer for %d of the users (%s%s). Add a row for each, or one with * for all others."
                        .formatted(
                                userIds.size(),
                                userIds.stream()
                                        .limit(MAX_NAMED)
                                        .map(userId -> userId.isEmpty() ? "sessions without a user" : userId)
                                        .collect(Collectors.joining(", ")),
                                userIds.size() > MAX_NAMED ? ", ..." : ""));
    }
}
