/**
 * The command line: picocli commands, exit codes and progress.
 * Parses and validates before anything is started.
 */
@NullMarked
package dev.billingexport.cli;

import org.jspecify.annotations.NullMarked;
