package dev.billingexport.ledger;

import java.nio.file.Path;

/** The ledger was created by another version of this program, with other tables. Nothing in it was changed. */
public final class OtherVersionException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private OtherVersionException(String ledger, String another) {
        super(ledger
                + " was created by another version of this program, which uses other tables. Nothing in it was"
                + " changed. Use " + another + ": the sessions are then collected again, and delivered files"
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
