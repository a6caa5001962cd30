/**
 * Reads deliveries back, from their files and manifests alone: verifies one delivery or a chain of them, and compares two
 * revisions. It knows no writer and no ledger, and trusts nothing that it reads.
 */
@NullMarked
package dev.billingexport.delivered;

import org.jspecify.annotations.NullMarked;
