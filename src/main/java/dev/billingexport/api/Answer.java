package dev.billingexport.api;

import org.jspecify.annotations.Nullable;

/**
 * An answer of any status.
 *
 * @param retryAfter the header of that name, null where it is missing
 */
record Answer(int status, @Nullable String retryAfter, Payload payload) {}
