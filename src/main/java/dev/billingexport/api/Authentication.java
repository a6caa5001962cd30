package dev.billingexport.api;

/** Supplies the {@code Authorization} header. Thread-safe. */
sealed interface Authentication permits BasicAuthentication, TokenAuthentication {

    /** Returns the current value of the header. May log in first. */
    String authorization();

    /** Reports that a value was refused. Returns whether {@link #authorization()} can now give another value. */
    boolean renew(String refused);
}
