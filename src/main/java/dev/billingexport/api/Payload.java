package dev.billingexport.api;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The body of an answer.
 *
 * @param json null where the body isn't JSON
 * @param flaw why it isn't, null where it is; holds nothing of the body
 */
record Payload(@Nullable JsonNode json, @Nullable String flaw) {

    static final Payload EMPTY = new Payload(null, "it is empty");
}
