package dev.billingexport.job;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** What went wrong, without what Batch says around it. */
public final class Failures {

    private Failures() {}

    /** The first failure of a worker, for the managers above it only say that a worker failed; null where there is none. */
    public static @Nullable Throwable first(List<Throwable> all) {
        List<Throwable> failures = all.stream().map(Failures::unwrap).toList();
        return failures.stream()
                .filter(failure -> !isBatch(failure))
                .findFirst()
                .orElse(failures.isEmpty() ? null : failures.get(0));
    }

    /** Whether the database failed, or could not be reached. */
    public static boolean isDatabase(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .anyMatch(cause -> cause instanceof DataAccessException || cause instanceof TransactionException);
    }

    private static Throwable unwrap(Throwable failure) {
        Throwable told = failure;
        while (isBatch(told) && told.getCause() != null) {
            told = told.getCause();
        }
        return told;
    }

    private static boolean isBatch(Throwable failure) {
        return failure.getClass().getPackageName().startsWith("org.springframework.batch.");
    }
}
