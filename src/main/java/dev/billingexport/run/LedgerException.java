package dev.billingexport.run;

import dev.billingexport.ledger.DatabaseUrl;
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
                "The database " + (DatabaseUrl.isPostgresql(url) ? DatabaseUrl.name(url) : "in " + dataDirectory)
                        + " can't be read or written any more: "
                        + NestedExceptionUtils.getMostSpecificCause(cause).getMessage()
                        + (DatabaseUrl.isPostgresql(url)
                                ? ". Check the database server and the network."
                                : ". Check the disk's free space and the permissions."),
                cause);
    }
}
