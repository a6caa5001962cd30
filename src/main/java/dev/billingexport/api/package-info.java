/**
 * The vendor's reporting API, behind one front door: {@link dev.billingexport.api.ReportingClient} owns authentication, limits and the only retries that there are.
 * Everything of HTTP and of the vendor's JSON stays in here.
 */
@NullMarked
package dev.billingexport.api;

import org.jspecify.annotations.NullMarked;
