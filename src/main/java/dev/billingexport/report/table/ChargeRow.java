package dev.billingexport.report.table;

import dev.billingexport.report.rating.Charge;
import org.jspecify.annotations.Nullable;

/** A charge with the name of its user: a row of the Charges sheet. */
record ChargeRow(Charge charge, @Nullable String userName) {}
