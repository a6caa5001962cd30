package dev.billingexport.report.rating;

import java.math.BigDecimal;
import java.util.Currency;

/**
 * What is agreed with a customer for a period, all its users together.
 *
 * @param includedSeconds that cost nothing more
 * @param minimum the least that is charged where there was any session, with the currency's digits
 */
record Terms(Currency currency, BigDecimal includedSeconds, BigDecimal minimum) {}
