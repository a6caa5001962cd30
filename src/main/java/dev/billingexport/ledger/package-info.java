/**
 * Stores what was collected, in the same database and the same transactions as Spring Batch's metadata. Entries: {@link
 * dev.billingexport.ledger.Ledger} to write and {@link dev.billingexport.ledger.LedgerContents} to read. The only
 * package with SQL.
 */
@NullMarked
package dev.billingexport.ledger;

import org.jspecify.annotations.NullMarked;
