package dev.billingexport.ledger;

/** The databases that a ledger can be on: what holds on one holds on the other. */
public enum Vendor {
    H2,
    POSTGRESQL
}
