package dev.billingexport.worker;

/** A window failed in another process. */
public final class WorkerFailedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    WorkerFailedException(String message) {
        super(message);
    }
}
