package dev.billingexport.cli;

import dev.billingexport.delivery.Delivery;
import dev.billingexport.delivery.Manifest;
import dev.billingexport.ledger.LedgerContents;
import dev.billingexport.ledger.Run;
import dev.billingexport.ledger.RunKey;
import dev.billingexport.run.DeliveredSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;

/** Tells about a run that was started again although it is delivered: where, and how to deliver the period once more. */
record DeliveredRunPrinter(ExportContext context, CommandLine command, boolean quiet) {

    /** Prints everything and returns the exit code. */
    int print(Run run) {
        RunKey key = run.key();
        Optional<Manifest> manifest =
                context.get(Delivery.class).revision(key.export(), key.period().label(), key.revision());
        command.getOut().println("Already delivered at %s: %s".formatted(run.deliveredAt(), run.location()));
        List<String> differences = context.get(DeliveredSettings.class).differences(run);
        if (!differences.isEmpty()) {
            print(run, differences);
            return ExitCode.OTHER_SETTINGS;
        }
        if (!quiet) {
            command.getOut()
                    .println(
                            manifest.isPresent()
                                    ? "To collect the period again and deliver the next revision, add --rerun."
                                    : "The delivery was removed since. To collect and deliver the period again, add --rerun.");
        }
        long problems = manifest.map(delivered -> delivered.totals().problems())
                .orElseGet(() -> context.get(LedgerContents.class).problemCount(run));
        if (problems > 0) {
            command.getOut().println("Accepted problems: %,d.".formatted(problems));
        }
        return problems > 0 ? ExitCode.ACCEPTED : ExitCode.DELIVERED;
    }

    private void print(Run run, List<String> differences) {
        PrintWriter err = command.getErr();
        err.println("Nothing was done, but the settings differ from those of the delivery:");
        differences.forEach(difference -> err.println("  " + Errors.oneLine(difference)));
        Path jobFile = RunOptions.parse(run.arguments()).jobFile;
        err.println("To deliver the next revision from the collected sessions: " + context.command("render", run.id())
                + (jobFile == null ? "" : " " + jobFile));
        err.println("To collect the period again and deliver the next revision, add --rerun.");
    }
}
