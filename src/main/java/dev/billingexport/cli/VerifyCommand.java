package dev.billingexport.cli;

import dev.billingexport.delivery.DeliveredRevision;
import dev.billingexport.delivery.Manifest;
import dev.billingexport.job.Verification;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code verify}: a delivery against its manifest. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Checks a delivery against its manifest.",
            "Every file, checksum, row count and total. Needs nothing but the delivery."
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

    @Parameters(paramLabel = "LOCATION", description = DeliveredPlace.DESCRIPTION)
    @SuppressWarnings("NullAway.Init")
    private String location;

    VerifyCommand(Class<?> application) {
        this.application = application;
    }

    @Override
    public Integer call() throws IOException {
        try (ExportContext context = ExportContext.open(application);
                DeliveredRevision delivered = DeliveredPlace.find(context, location)) {
            PrintWriter out = spec.commandLine().getOut();
            delivered.manifest().ifPresent(manifest -> out.println(heading(delivered, manifest)));
            out.flush();
            Verification verification = Verification.of(delivered);
            verification.differences().forEach(out::println);
            boolean same = verification.differences().isEmpty();
            out.println(
                    same ? "Verified: everything is as the manifest says." : "Not verified: there are differences.");
            return same ? ExitCode.DELIVERED : ExitCode.DIFFERENT;
        }
    }

    private static String heading(DeliveredRevision delivered, Manifest manifest) {
        return "%s; %,d files, %,d sessions"
                .formatted(
                        DeliveredPlace.heading(delivered, manifest),
                        manifest.files().size(),
                        manifest.totals().sessions());
    }
}
