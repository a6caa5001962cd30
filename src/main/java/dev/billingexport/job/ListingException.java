package dev.billingexport.job;

/** The API's listings are incomplete or endless. */
final class ListingException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** What the operator should check. */
    static final String WHERE_TO_LOOK = "Check export.source.base-url and every proxy before it.";

    ListingException(String message) {
        super(message);
    }

    /** @param with what the API answers instead of the requested page */
    static ListingException pageIgnored(String listing, int page, String with) {
        return new ListingException("The API answers page " + page + " of the sessions of " + listing + " with " + with
                + ": it seems to ignore the parameter page. " + WHERE_TO_LOOK);
    }
}
