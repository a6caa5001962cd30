/**
 * The command line: picocli commands, their output, progress and exit codes. Parses arguments and settings, reports
 * every error in them before anything starts, and prints results.
 */
@NullMarked
package dev.billingexport.cli;

import org.jspecify.annotations.NullMarked;
