package dev.billingexport.ledger;

import java.nio.file.Path;

/** Another process works in the data directory. */
public final class DataDirectoryInUseException extends InUseException {

    private static final long serialVersionUID = 1;

    DataDirectoryInUseException(Path dataDirectory, String holder) {
        super(
                "The data directory " + dataDirectory + " is in use by " + holder
                        + ". Wait until it has ended, or name another one in export.data-dir.",
                holder);
    }
}
