/**
 * Runs benchmarks by name and writes down what they found. They are compiled and run under the Maven profile
 * {@code bench} alone; a benchmark itself stands in the package of what it measures.
 */
package dev.billingexport.bench;
