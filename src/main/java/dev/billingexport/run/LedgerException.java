package dev.billingexport.run;

import dev.billingexport.ledger.DatabaseUrl;
import dev.billingexport.ledger.PostgresqlServer;
import java.nio.file.Path;
import org.springframework.core.NestedExceptionUtils;

/**
 * The database failed during a run. Committed data is safe. The message is for an operator, whereas the database's own
 * is for developers.
 */
public final class LedgerException extends RuntimeException {

    private static final long serialVersionUID = 1;

    LedgerException(String url, Path dataDirectory, Throwable cause) {
        super(
                DatabaseUrl.isPostgresql(url)
                        ? onServer(DatabaseUrl.name(url), cause)
                        : "The database in " + dataDirectory + " can't be read or written any more: " + said(cause)
                                + ". Check the disk's free space and the permissions.",
                cause);
    }

    private static String onServer(String database, Throwable cause) {
        String advice = PostgresqlServer.advice(cause);
        return "The database " + database
                + (advice == null
                        ? " can't be read or written any more: " + said(cause)
                                + ". Check the database server and the network."
                        : " " + advice + ". It says: " + said(cause) + ".");
    }

    /** Returns the database's message, which may have several lines, as a clause of one line. */
    private static String said(Throwable cause) {
        String message =
                String.valueOf(NestedExceptionUtils.getMostSpecificCause(cause).getMessage());
        return message.strip().replaceAll("\\s*\\R\\s*", " ").replaceFirst("\\.$", "");
    }
}
