/**
 * The vendor's reporting API, behind one front door: {@link dev.billingexport.api.ReportingClient} owns authentication,
 * limits and the only retries that there are. Everything of HTTP and of the vendor's JSON stays in here.
 *
 * <p>No credential is ever logged from here. Apache HttpClient would print request headers, and with them credentials,
 * if the loggers {@code org.apache.hc.client5.http.headers} or {@code .wire} were set to debug: they are silent by
 * default and should stay so.
 */
@NullMarked
package dev.billingexport.api;

import org.jspecify.annotations.NullMarked;
