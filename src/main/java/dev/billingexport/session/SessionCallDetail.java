package dev.billingexport.session;

/**
 * A call detail with the session that it belongs to: a row of the Call details sheet.
 *
 * @param number the session's place among those that are read, from 1
 */
public record SessionCallDetail(long number, Session session, CallDetail callDetail) {}
