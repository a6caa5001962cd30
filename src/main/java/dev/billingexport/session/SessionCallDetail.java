package dev.billingexport.session;

/** A call detail with the session that it belongs to: a row of the Call details sheet. */
public record SessionCallDetail(Session session, CallDetail callDetail) {}
