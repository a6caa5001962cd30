/**
 * The use cases that a command starts: launches a run or continues it, stops it, tells its history, and compares it with the
 * revision that was delivered before. They put the job and the deliveries to work, and print nothing.
 */
@NullMarked
package dev.billingexport.run;

import org.jspecify.annotations.NullMarked;
