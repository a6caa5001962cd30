/**
 * An embedded stand-in for the vendor's API that behaves as its documentation says, with latency and faults on request.
 * Fed from recorded answers or from a seeded generator; used by {@code run --sample}, {@code sample-api}, tests and benchmarks.
 */
@NullMarked
package dev.billingexport.sample;

import org.jspecify.annotations.NullMarked;
