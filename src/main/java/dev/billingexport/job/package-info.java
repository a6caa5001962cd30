/**
 * The Spring Batch job {@code export}, which collects, confirms, renders and delivers: its steps, their readers, processors and
 * writers, and its parameters. {@link dev.billingexport.job.ExportJob} is its table of contents.
 */
@NullMarked
package dev.billingexport.job;

import org.jspecify.annotations.NullMarked;
