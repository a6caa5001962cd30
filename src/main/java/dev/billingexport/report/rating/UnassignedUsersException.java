package dev.billingexport.report.rating;

import java.util.Collection;
import java.util.stream.Collectors;

/** Users used something, and the list of customers says for none of them who pays. */
public final class UnassignedUsersException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final int MAX_NAMED = 20;

    /** @param userIds empty for sessions that name no user */
    public UnassignedUsersException(Collection<String> userIds) {
        super(
                "export.rating.customers has no customer for %d of the users (%s%s). Add a row for each, or one for * that takes all others."
                        .formatted(
                                userIds.size(),
                                userIds.stream()
                                        .limit(MAX_NAMED)
                                        .map(userId -> userId.isEmpty() ? "sessions that name no user" : userId)
                                        .collect(Collectors.joining(", ")),
                                userIds.size() > MAX_NAMED ? ", ..." : ""));
    }
}
