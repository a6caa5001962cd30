package dev.billingexport.ledger;

import java.nio.file.Path;

/** The embedded database can't be opened. Its file was not replaced; the message says what can be done. */
public final class DatabaseException extends RuntimeException {

    private static final long serialVersionUID = 1;

    DatabaseException(Path file, String reason, Throwable cause) {
        super(
                "The database " + file + " can't be opened: " + reason
                        + " The file was not replaced. If the disk is full or not writable, see to that. If the file is"
                        + " damaged, put a copy of it back, or move it away: what was collected is then fetched again,"
                        + " and what was delivered stays.",
                cause);
    }
}
