package dev.billingexport.session;

/** A session with its figures: a row of the Sessions sheet. All totals are sums of these. */
public record SessionUsage(Session session, Usage usage) {}
