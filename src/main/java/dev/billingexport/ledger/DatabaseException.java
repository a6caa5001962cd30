package dev.billingexport.ledger;

import java.nio.file.Path;

/** The embedded database can't be opened. Its file was not replaced; the message says what to do. */
public final class DatabaseException extends RuntimeException {

    private static final long serialVersionUID = 1;

    DatabaseException(Path file, String reason, Throwable cause) {
        super(
                "The database " + file + " can't be opened: " + reason
                        + " The file was not replaced. Check that the disk has space and is writable. If the file is"
                        + " damaged, restore a backup, or move it away: the sessions are then collected again,"
                        + " and delivered files stay.",
                cause);
    }
}
