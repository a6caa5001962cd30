package dev.billingexport.ledger;

/** Another process works on the ledger's database, on this machine or another. */
public final class DatabaseInUseException extends InUseException {

    private static final long serialVersionUID = 1;

    DatabaseInUseException(String database, String holder) {
        super(
                "The database " + database + " is in use by " + holder
                        + ". Wait until it has ended, or name another database or schema in spring.datasource.url.",
                holder);
    }
}
