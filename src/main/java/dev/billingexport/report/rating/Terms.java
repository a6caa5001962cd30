package dev.billingexport.report.rating;

import java.math.BigDecimal;
import java.util.Currency;

/**
 * The terms of a customer for a period, for all its users together.
 *
 * @param includedSeconds seconds that cost nothing
 * @param minimum least amount where there was any session, with the currency's digits
 */
record Terms(Currency currency, BigDecimal includedSeconds, BigDecimal minimum) {}
