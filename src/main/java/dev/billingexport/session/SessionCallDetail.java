package dev.billingexport.session;

/**
 * A call detail with its session: a row of the Call details sheet.
 *
 * @param number position of the session among those that are read, from 1
 */
public record SessionCallDetail(long number, Session session, CallDetail callDetail) {}
