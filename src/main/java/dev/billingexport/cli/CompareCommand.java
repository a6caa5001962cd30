package dev.billingexport.cli;

import dev.billingexport.delivered.RevisionComparison;
import dev.billingexport.delivery.DeliveredRevision;
import dev.billingexport.delivery.Manifest;
import dev.billingexport.report.table.Amendment;
import dev.billingexport.report.table.Amendments;
import dev.billingexport.report.table.ChargeChange;
import dev.billingexport.report.table.ChargeChanges;
import dev.billingexport.report.table.UserAmendment;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code compare}: shows what changed between two delivered revisions. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Shows what changed between two delivered revisions.",
            "Says how many sessions were added, removed or changed, the difference per user,",
            "and each of those sessions. Needs only the deliveries."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:compared, whether anything changed or not",
            "1:one of them could not be read, or was changed since its delivery",
            "2:wrong usage, or there is no delivery"
        })
final class CompareCommand implements Callable<Integer> {

    private final Class<?> application;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "OLD", description = DeliveredPlace.DESCRIPTION)
    @SuppressWarnings("NullAway.Init")
    private String earlier;

    @Parameters(index = "1", paramLabel = "NEW", description = "The later revision, likewise.")
    @SuppressWarnings("NullAway.Init")
    private String later;

    CompareCommand(Class<?> application) {
        this.application = application;
    }

    @Option(names = "--json", description = "Print one JSON document and nothing else.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        try (ExportContext context = ExportContext.open(application);
                DeliveredRevision before = DeliveredPlace.find(context, earlier);
                DeliveredRevision after = DeliveredPlace.find(context, later)) {
            PrintWriter out = spec.commandLine().getOut();
            if (!json) {
                out.println("Old: " + heading(before));
                out.println("New: " + heading(after));
                out.flush();
            }
            try (RevisionComparison comparison = RevisionComparison.of(before, after)) {
                Amendments.Known amendments = comparison.amendments();
                if (json) {
                    CompareReport.write(before, after, amendments, out);
                } else {
                    print(amendments, out);
                }
            }
            return ExitCode.DELIVERED;
        }
    }

    private static String heading(DeliveredRevision delivered) {
        return delivered
                .manifest()
                .map(manifest -> heading(delivered, manifest))
                .orElse(delivered.toString());
    }

    private static String heading(DeliveredRevision delivered, Manifest manifest) {
        return "%s; %,d sessions"
                .formatted(
                        DeliveredPlace.heading(delivered, manifest),
                        manifest.totals().sessions());
    }

    private static void print(Amendments.Known amendments, PrintWriter out) {
        if (amendments.isEmpty()) {
            out.println("No change.");
            return;
        }
        out.println("Sessions added: %,d, removed: %,d, changed: %,d."
                .formatted(
                        amendments.count(Amendment.Change.ADDED),
                        amendments.count(Amendment.Change.REMOVED),
                        amendments.count(Amendment.Change.CHANGED)));
        ChargeChanges charges = amendments.charges();
        charges.total().forEach(total -> out.println("Charges: " + amounts(total)));
        if (!charges.payers().isEmpty()) {
            out.println(
                    charges.payers().get(0).customer() == null
                            ? "Charges that changed, per user:"
                            : "Charges that changed, per customer:");
            charges.payers().forEach(payer -> out.println("  " + name(payer) + ": " + amounts(payer)));
        }
        if (!amendments.hasSameSessions()) {
            out.println("Difference per user:");
            amendments.users().forEach(user -> out.println("  " + line(user)));
            out.println("Sessions:");
            try (Stream<Amendment> rows = amendments.rows()) {
                rows.forEachOrdered(row -> out.println("  " + line(row)));
            }
        }
    }

    private static String name(ChargeChange payer) {
        String name = payer.customer() == null ? payer.userId() : payer.customer();
        return name == null || name.isEmpty() ? "(no user named)" : Errors.oneLine(name);
    }

    private static String amounts(ChargeChange change) {
        return MoneyText.change(change.currency(), change.before(), change.after());
    }

    private static String line(UserAmendment user) {
        return "%s: session minutes %s, call detail minutes %s"
                .formatted(
                        user.userId().isEmpty() ? "(no user named)" : Errors.oneLine(user.userId()),
                        MoneyText.signed(user.sessionMinutesDifference()),
                        MoneyText.signed(user.callDetailMinutesDifference()));
    }

    private static String line(Amendment amendment) {
        String fields = String.join(", ", amendment.fields());
        return "%-7s %s of %s, %s, %s: session minutes %s -> %s, call detail minutes %s -> %s%s"
                .formatted(
                        amendment.change().code(),
                        Errors.oneLine(amendment.sessionId()),
                        amendment.userId() == null ? "(no user named)" : Errors.oneLine(amendment.userId()),
                        amendment.appType(),
                        amendment.transDate() == null ? "(no date)" : amendment.transDate(),
                        plain(amendment.sessionMinutesBefore()),
                        plain(amendment.sessionMinutesAfter()),
                        plain(amendment.callDetailMinutesBefore()),
                        plain(amendment.callDetailMinutesAfter()),
                        fields.isEmpty() ? "" : "; " + fields);
    }

    private static String plain(@Nullable BigDecimal minutes) {
        return minutes == null ? "-" : minutes.toPlainString();
    }
}
