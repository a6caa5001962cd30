package dev.billingexport.ledger;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The secret behind the masks in the files, made with the database and never changed. It must not be shown or written. */
@Repository
public class MaskKey {

    private final JdbcClient jdbc;

    MaskKey(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Thirty-two random bytes. */
    public byte[] secret() {
        return jdbc.sql("SELECT secret FROM mask_key").query(byte[].class).single();
    }
}
