package dev.billingexport.api;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The body of an answer.
 *
 * @param json null where the body isn't JSON
 * @param flaw why the body isn't JSON, null where it is; quotes nothing of the body
 */
record Payload(@Nullable JsonNode json, @Nullable String flaw) {

    static final Payload EMPTY = new Payload(null, "it is empty");
}
