package dev.billingexport.cli;

import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** How much is printed. Every command has these options; they may also stand before its name. */
final class Verbosity {

    @Option(names = "--quiet", scope = ScopeType.INHERIT, description = "Print only the result and errors.")
    private boolean quiet;

    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Also print each repeated request, each pause and each wait.")
    private boolean verbose;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Print even more, and stack traces.")
    private boolean debug;

    boolean quiet() {
        return quiet;
    }

    /** Returns whether to print stack traces. */
    boolean debug() {
        return debug;
    }

    /** Returns the log levels, as settings that override those of the job file and the environment. */
    List<String> settings() {
        if (debug) {
            return List.of(
                    "--logging.level.root=INFO",
                    "--logging.level.org.springframework.batch=INFO",
                    "--logging.level.dev.billingexport.api=DEBUG",
                    "--logging.exception-conversion-word=%trace{full}");
        }
        if (verbose) {
            return List.of("--logging.level.dev.billingexport.api=DEBUG");
        }
        return quiet ? List.of("--logging.level.root=ERROR", "--logging.level.dev.billingexport=ERROR") : List.of();
    }
}
