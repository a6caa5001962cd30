/**
 * Queries the vendor's reporting API. {@link dev.billingexport.api.ReportingClient} is the only entry: it owns
 * authentication, rate limits and all retries. HTTP and the vendor's JSON are not visible outside this package.
 *
 * <p>No credential is logged from here. Apache HttpClient would print request headers, credentials included, if the
 * loggers {@code org.apache.hc.client5.http.headers} or {@code .wire} were set to debug. They are off by default and
 * should stay off.
 */
@NullMarked
package dev.billingexport.api;

import org.jspecify.annotations.NullMarked;
