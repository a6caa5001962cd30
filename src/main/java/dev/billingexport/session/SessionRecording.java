package dev.billingexport.session;

/** A recording with the session that it belongs to: a row of the Recordings sheet. */
public record SessionRecording(Session session, Recording recording) {}
