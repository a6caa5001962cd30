package dev.billingexport.cli;

/** The exit codes of the process. Scripts rely on them. */
final class ExitCode {

    /** Delivered, or already delivered. */
    static final int DELIVERED = 0;

    /** Failed; collected sessions are kept. */
    static final int FAILED = 1;

    /** Wrong usage or configuration; nothing was started. */
    static final int USAGE = 2;

    /** Delivered, with problems that were accepted. */
    static final int ACCEPTED = 3;

    /** Stopped on request; resumable. */
    static final int STOPPED = 4;

    /** Another process works in the data directory. */
    static final int IN_USE = 5;

    /** {@code verify} found a difference. */
    static final int DIFFERENT = 6;

    /** Delivered before with other settings; nothing was done. */
    static final int OTHER_SETTINGS = 7;

    private ExitCode() {}
}
