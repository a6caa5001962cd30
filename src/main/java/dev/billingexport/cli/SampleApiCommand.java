package dev.billingexport.cli;

import dev.billingexport.sample.RecordedSample;
import dev.billingexport.sample.SampleAccount;
import dev.billingexport.sample.SampleApi;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sample-api}: serves the sample API, so that a job file can be tried out. */
@Command(
        name = "sample-api",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Serves the sample API on the loopback interface until it is stopped.")
final class SampleApiCommand implements Callable<Integer> {

    private final StopSignal signal;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--port",
            defaultValue = "8080",
            paramLabel = "PORT",
            description = "Default: ${DEFAULT-VALUE}; 0 takes any free port.")
    private int port;

    SampleApiCommand(StopSignal signal) {
        this.signal = signal;
    }

    @Override
    public Integer call() throws InterruptedException {
        CountDownLatch stopped = new CountDownLatch(1);
        signal.onStop(stopped::countDown, () -> {});
        try (SampleApi api = start()) {
            PrintWriter out = spec.commandLine().getOut();
            out.println(
                    "The sample API listens at " + api.baseUrl() + ", with sessions of " + RecordedSample.MONTH + ".");
            out.println("export ENABLEX_APP_ID=" + SampleAccount.APP_ID + " ENABLEX_APP_KEY=" + SampleAccount.APP_KEY
                    + " EXPORT_SOURCE_BASE_URL=" + api.baseUrl());
            out.flush();
            stopped.await();
        }
        return ExitCode.DELIVERED;
    }

    private SampleApi start() {
        try {
            return SampleApi.start(port);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--port = " + port + ": must be from 1 to 65535, or 0 for any free port.", e);
        } catch (UncheckedIOException e) {
            throw new UsageException(Errors.message(e), e);
        }
    }
}
