package dev.billingexport.api;

/** What stands in the {@code Authorization} header. Thread-safe. */
sealed interface Authentication permits BasicAuthentication, TokenAuthentication {

    /** The header's value, now; may have to log in for it. */
    String authorization();

    /** Told that a value was refused: whether there is hope that {@link #authorization()} gives a better one now. */
    boolean renew(String refused);
}
