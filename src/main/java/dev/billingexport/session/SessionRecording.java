package dev.billingexport.session;

/**
 * A recording with its session: a row of the Recordings sheet.
 *
 * @param number position of the session among those that are read, from 1
 */
public record SessionRecording(long number, Session session, Recording recording) {}
