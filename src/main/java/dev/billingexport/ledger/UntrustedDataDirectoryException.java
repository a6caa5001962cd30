package dev.billingexport.ledger;

import java.nio.file.Path;

/** Another user can have changed the data directory. Nothing in it was read or changed. */
public final class UntrustedDataDirectoryException extends RuntimeException {

    private static final long serialVersionUID = 1;

    UntrustedDataDirectoryException(Path dataDirectory, Throwable cause) {
        super(
                "The data directory " + dataDirectory + " is not used: " + cause.getMessage()
                        + " Or set export.data-dir to a folder of your own.",
                cause);
    }
}
