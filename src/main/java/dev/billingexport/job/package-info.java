/**
 * The Spring Batch job {@code export}: collect, confirm, render, deliver. Thin adapters that put the other packages to work
 * and own what a run may be asked, resumed and reported by.
 */
@NullMarked
package dev.billingexport.job;

import org.jspecify.annotations.NullMarked;
