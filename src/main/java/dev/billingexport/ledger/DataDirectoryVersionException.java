package dev.billingexport.ledger;

import java.nio.file.Path;

/** Another version of this program made the data directory, with other tables. Nothing in it was changed. */
public final class DataDirectoryVersionException extends RuntimeException {

    private static final long serialVersionUID = 1;

    DataDirectoryVersionException(Path dataDirectory) {
        super("The data directory " + dataDirectory
                + " belongs to another version of this program, which keeps its data"
                + " in other tables. Nothing in it was changed. Name another folder in export.data-dir: what was collected"
                + " is then fetched again, and what was delivered stays. Unfinished runs can be finished with the version"
                + " that began them.");
    }
}
