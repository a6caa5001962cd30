package dev.billingexport.api;

import org.jspecify.annotations.Nullable;

/**
 * An HTTP answer of any status.
 *
 * @param retryAfter value of the {@code Retry-After} header, null where it is missing
 */
record Answer(int status, @Nullable String retryAfter, Payload payload) {}
