package dev.billingexport.cli;

import dev.billingexport.BillingExport;
import dev.billingexport.sample.SampleAccount;
import java.net.URI;
import java.nio.file.Path;
import java.time.YearMonth;

/** The program within this JVM, which is warm from the second run on. */
public final class WarmProgram {

    private WarmProgram() {}

    /** Runs one month of an API. */
    public static void run(Path folder, URI api, int inFlight, YearMonth month) {
        System.setProperty("ENABLEX_APP_ID", SampleAccount.APP_ID);
        System.setProperty("ENABLEX_APP_KEY", SampleAccount.APP_KEY);
        System.setProperty("export.source.base-url", api.toString());
        System.setProperty("export.source.max-in-flight", Integer.toString(inFlight));
        System.setProperty("export.data-dir", folder.resolve("data").toString());
        int exitCode = CommandLineInterface.commandLine(
                        BillingExport.class,
                        new Console(new Screen(System.out, System.err), new StopSignal(), new Verbosity()))
                .execute("run", "--month=" + month, "--output=" + folder.resolve("out"));
        if (exitCode != ExitCode.DELIVERED) {
            throw new IllegalStateException("The run ended with exit code " + exitCode);
        }
    }
}
