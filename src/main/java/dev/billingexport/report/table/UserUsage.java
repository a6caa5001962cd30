package dev.billingexport.report.table;

import dev.billingexport.session.AppType;
import dev.billingexport.session.Usage;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Usage of one user in one application.
 *
 * @param userId empty for sessions without a user
 * @param userName name in the user's last session that has one; null without an id
 */
public record UserUsage(String userId, @Nullable String userName, AppType appType, Usage usage) {

    static final Comparator<UserUsage> LARGEST_FIRST = Comparator.comparing(
                    (UserUsage user) -> user.usage.sessionMinutes())
            .reversed()
            .thenComparing(UserUsage::userId);

    private static final int LABEL = 30;

    /** Returns the same user's usage of both applications, under the first of them. */
    UserUsage plus(UserUsage other) {
        return new UserUsage(userId, userName, appType, usage.plus(other.usage));
    }

    /** Returns a label for a chart: the name or else the id, cut where it is too long. */
    String label() {
        String name = userName == null ? userId : userName.strip();
        return shortened(name.replaceAll("\\s+", " "), LABEL);
    }

    public static String shortened(String text, int length) {
        return text.codePointCount(0, text.length()) <= length
                ? text
                : text.substring(0, text.offsetByCodePoints(0, length - 1)) + "…";
    }
}
