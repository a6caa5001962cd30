package dev.billingexport.cli;

import dev.billingexport.delivered.ChainVerification;
import dev.billingexport.delivered.Verification;
import dev.billingexport.delivery.DeliveredExport;
import dev.billingexport.delivery.DeliveredRevision;
import dev.billingexport.delivery.Manifest;
import dev.billingexport.delivery.PublicKeys;
import dev.billingexport.delivery.SignedManifest;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code verify}: checks a delivery against its manifest. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Checks a delivery against its manifest, or all deliveries of an export and their chain.",
            "Checks every file, checksum, row count, total and signature. Needs only the delivery."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:everything is as the manifest says",
            "1:the delivery could not be read",
            "2:wrong usage, or there is no delivery",
            "6:there are differences, which are listed"
        })
final class VerifyCommand implements Callable<Integer> {

    private final Class<?> application;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "LOCATION", description = DeliveredPlace.DESCRIPTION_OR_EXPORT)
    @SuppressWarnings("NullAway.Init")
    private String location;

    @Option(
            names = "--public-key",
            paramLabel = "FILE",
            description = "Checks signatures with the keys in this PEM file. Can be given several times.")
    private List<Path> publicKeys = new ArrayList<>();

    @Option(names = "--json", description = "Print one JSON document and nothing else.")
    private boolean json;

    private final List<VerifyReport.DeliveryReport> deliveries = new ArrayList<>();
    private final List<String> differencesBetween = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    VerifyCommand(Class<?> application) {
        this.application = application;
    }

    @Override
    public Integer call() throws IOException {
        PublicKeys keys = keys();
        try (ExportContext context = ExportContext.open(application)) {
            Optional<DeliveredExport> found = DeliveredPlace.findExport(context, location);
            if (found.isPresent()) {
                try (DeliveredExport export = found.get()) {
                    return verify(export, keys);
                }
            }
            try (DeliveredRevision delivered = DeliveredPlace.find(context, location)) {
                return verify(delivered, keys);
            }
        }
    }

    private PublicKeys keys() {
        try {
            return PublicKeys.read(publicKeys);
        } catch (IllegalArgumentException e) {
            throw new UsageException(Errors.message(e), e);
        }
    }

    private int verify(DeliveredRevision delivered, PublicKeys keys) throws IOException {
        int differences = print(delivered, "");
        Optional<String> signature = Verification.signature(delivered, keys);
        signature.ifPresent(this::printDifference);
        boolean signed =
                delivered.signedManifest().filter(SignedManifest::isSigned).isPresent();
        if (signed && keys.isEmpty()) {
            printNote("It is signed. Give --public-key to check the signature.");
        }
        boolean same = differences == 0 && signature.isEmpty();
        return conclude(same, "Verified: everything is as the manifest says.");
    }

    private int verify(DeliveredExport export, PublicKeys keys) throws IOException {
        ChainVerification chain = new ChainVerification(keys);
        List<String> between = export.differences();
        AtomicInteger revisions = new AtomicInteger();
        AtomicInteger differences = new AtomicInteger(between.size());
        export.visit(revision -> {
            revisions.incrementAndGet();
            differences.addAndGet(print(revision, "  "));
            chain.add(revision);
        });
        chain.check();
        between.forEach(this::printDifference);
        chain.differences().forEach(this::printDifference);
        chain.notes().forEach(this::printNote);
        boolean same = differences.get() == 0 && chain.differences().isEmpty();
        return conclude(
                same,
                "Verified: all of the %,d deliveries are as their manifests say, and none was changed, removed or inserted."
                        .formatted(revisions.get()));
    }

    /** Prints the differences of a delivery and returns their number. */
    private int print(DeliveredRevision delivered, String indent) throws IOException {
        delivered
                .manifest()
                .ifPresentOrElse(manifest -> print(heading(delivered, manifest)), () -> print(delivered.toString()));
        List<String> differences = Verification.of(delivered).differences();
        deliveries.add(VerifyReport.DeliveryReport.of(delivered, differences));
        differences.forEach(difference -> print(indent + difference));
        return differences.size();
    }

    private int conclude(boolean same, String verified) {
        print(same ? verified : "Not verified: there are differences.");
        if (json) {
            out().print(Json.write(new VerifyReport(location, same, deliveries, differencesBetween, notes)));
            out().flush();
        }
        return same ? ExitCode.DELIVERED : ExitCode.DIFFERENT;
    }

    /** Prints a difference that doesn't belong to a single file. */
    private void printDifference(String difference) {
        differencesBetween.add(difference);
        print(difference);
    }

    private void printNote(String note) {
        notes.add(note);
        print(note);
    }

    private void print(String line) {
        if (!json) {
            out().println(line);
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private static String heading(DeliveredRevision delivered, Manifest manifest) {
        return "%s; %,d files, %,d sessions"
                .formatted(
                        DeliveredPlace.heading(delivered, manifest),
                        manifest.files().size(),
                        manifest.totals().sessions());
    }
}
