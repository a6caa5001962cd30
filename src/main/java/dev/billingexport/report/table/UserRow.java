package dev.billingexport.report.table;

import dev.billingexport.report.rating.Amounts;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Usage of one user in one application, with its charges: a row of the Users sheet. */
record UserRow(UserUsage user, Amounts amounts) {

    /** Adds the amounts. The amount that a user's minimum adds is in the user's first row. */
    static Stream<UserRow> of(Stream<UserUsage> users, @Nullable Rated rated) {
        if (rated == null) {
            return users.map(user -> new UserRow(user, Amounts.NONE));
        }
        String[] before = {null};
        return users.sequential().map(user -> {
            Amounts amounts = rated.totals().of(user.userId(), user.appType());
            boolean isFirst = !user.userId().equals(before[0]);
            before[0] = user.userId();
            return new UserRow(user, isFirst ? amounts.plus(rated.totals().minimum(user.userId())) : amounts);
        });
    }
}
