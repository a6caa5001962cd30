package dev.billingexport.job;

/** The API's listings can't be trusted to be complete, or to ever end. */
final class ListingException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Where an operator looks for the reason. */
    static final String WHERE_TO_LOOK = "Check export.source.base-url and every proxy before it.";

    ListingException(String message) {
        super(message);
    }

    /** @param with what it answers instead of the page that was asked for */
    static ListingException pageIgnored(String listing, int page, String with) {
        return new ListingException("The API answers page " + page + " of the sessions of " + listing + " with " + with
                + ": it seems to ignore the parameter page. " + WHERE_TO_LOOK);
    }
}
