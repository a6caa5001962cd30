package dev.billingexport.ledger;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The secret key of the masks in the files. Created with the database and never changed. Must not be shown or written
 * anywhere.
 */
@Repository
public class MaskKey {

    private final JdbcClient jdbc;

    MaskKey(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Returns the key: 32 random bytes. */
    public byte[] secret() {
        return jdbc.sql("SELECT secret FROM mask_key").query(byte[].class).single();
    }
}
