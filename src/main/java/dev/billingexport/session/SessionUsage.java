package dev.billingexport.session;

/** A session with its figures: what a row of the Sessions sheet shows, and what every total is added up from. */
public record SessionUsage(Session session, Usage usage) {}
