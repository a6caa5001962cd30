package dev.billingexport.job;

/** The API's listings can't be trusted to be complete, or to ever end. */
final class ListingException extends RuntimeException {

    private static final long serialVersionUID = 1;

    ListingException(String message) {
        super(message);
    }
}
