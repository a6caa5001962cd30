/**
 * The truth of what was collected: tables in the same database as Spring Batch's, written in the same transactions.
 * Front door: {@link dev.billingexport.ledger.Ledger}. The only package that speaks SQL.
 */
@NullMarked
package dev.billingexport.ledger;

import org.jspecify.annotations.NullMarked;
