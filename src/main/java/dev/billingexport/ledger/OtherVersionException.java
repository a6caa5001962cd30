package dev.billingexport.ledger;

import java.nio.file.Path;

/** Another version of this program made the ledger, with other tables. Nothing in it was changed. */
public final class OtherVersionException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private OtherVersionException(String ledger, String another) {
        super(ledger
                + " belongs to another version of this program, which keeps its data in other tables. Nothing in it was"
                + " changed. Name " + another + ": what was collected is then fetched again, and what was delivered"
                + " stays. Unfinished runs can be finished with the version that began them.");
    }

    static OtherVersionException of(Path dataDirectory) {
        return new OtherVersionException("The data directory " + dataDirectory, "another folder in export.data-dir");
    }

    static OtherVersionException of(String database) {
        return new OtherVersionException(
                "The database " + database, "another database or schema in spring.datasource.url");
    }
}
