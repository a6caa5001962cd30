package dev.billingexport.report.table;

import dev.billingexport.report.rating.Amounts;
import java.util.stream.Stream;

/** The usage of one user or day in one application, with its charges; without any where nothing is rated. */
record Charged<T>(T usage, Amounts amounts) {

    /** Returns the rows of the Users sheet. The amount that a user's minimum adds is in the user's first row. */
    static Stream<Charged<UserUsage>> users(Figures figures) {
        Stream<UserUsage> users = figures.usage().users();
        Rated rated = figures.rated();
        if (rated == null) {
            return users.map(user -> new Charged<>(user, Amounts.NONE));
        }
        String[] before = {null};
        return users.sequential().map(user -> {
            Amounts amounts = rated.totals().of(user.userId(), user.appType());
            boolean isFirst = !user.userId().equals(before[0]);
            before[0] = user.userId();
            return new Charged<>(user, isFirst ? amounts.plus(rated.totals().minimum(user.userId())) : amounts);
        });
    }

    /** Returns the rows of the Days sheet. */
    static Stream<Charged<DayUsage>> days(Figures figures) {
        Rated rated = figures.rated();
        return figures.usage()
                .days()
                .map(day -> new Charged<>(day, rated == null ? Amounts.NONE : rated.on(day.day(), day.appType())));
    }
}
