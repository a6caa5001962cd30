package dev.billingexport.sample;

/** A request that the API refuses, with the vendor's code. */
final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final int code;

    Refusal(int status, int code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    int status() {
        return status;
    }

    int code() {
        return code;
    }
}
