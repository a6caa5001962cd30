package dev.billingexport.run;

import java.nio.file.Path;
import org.springframework.core.NestedExceptionUtils;

/** The database failed in mid-run; its own words are for its developers. What it had committed is safe. */
public final class LedgerException extends RuntimeException {

    private static final long serialVersionUID = 1;

    LedgerException(Path dataDirectory, Throwable cause) {
        super(
                "The database in " + dataDirectory + " can't be read or written any more: "
                        + NestedExceptionUtils.getMostSpecificCause(cause).getMessage()
                        + ". See to the disk's space and rights.",
                cause);
    }
}
