package dev.billingexport.ledger;

import java.nio.file.Path;

/** Somebody else can have put something into the data directory. Nothing in it was read or changed. */
public final class UntrustedDataDirectoryException extends RuntimeException {

    private static final long serialVersionUID = 1;

    UntrustedDataDirectoryException(Path dataDirectory, Throwable cause) {
        super(
                "The data directory " + dataDirectory + " is not used: " + cause.getMessage()
                        + " Or let export.data-dir name a folder of your own.",
                cause);
    }
}
