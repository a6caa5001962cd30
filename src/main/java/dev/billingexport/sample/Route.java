package dev.billingexport.sample;

/** The routes that the sample API serves. */
public enum Route {
    /** {@code GET /sessions}. */
    SESSIONS,
    /** {@code GET /sessions/{session_id}/cdr}. */
    CDR,
    /** {@code GET /sessions/{session_id}/recordings}. */
    RECORDINGS,
    /** {@code POST /login}. */
    LOGIN
}
