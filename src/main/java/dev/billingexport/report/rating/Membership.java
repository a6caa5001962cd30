package dev.billingexport.report.rating;

/**
 * The customer that pays for a user, and its plan.
 *
 * @param plan empty where there is one price for all
 */
record Membership(String customer, String plan) {}
