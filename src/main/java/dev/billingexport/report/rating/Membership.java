package dev.billingexport.report.rating;

/**
 * Who pays for a user, and by which plan.
 *
 * @param plan empty where there is one price for all
 */
record Membership(String customer, String plan) {}
