package dev.billingexport.session;

/**
 * A recording with the session that it belongs to: a row of the Recordings sheet.
 *
 * @param number the session's place among those that are read, from 1
 */
public record SessionRecording(long number, Session session, Recording recording) {}
