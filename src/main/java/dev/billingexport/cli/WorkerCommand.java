package dev.billingexport.cli;

import dev.billingexport.api.ApiException;
import dev.billingexport.api.ReportingClient;
import dev.billingexport.api.SessionQuery;
import dev.billingexport.job.ExportProperties;
import dev.billingexport.ledger.LedgerAccess;
import dev.billingexport.ledger.NoLedgerException;
import dev.billingexport.session.AppType;
import dev.billingexport.worker.BrokerException;
import dev.billingexport.worker.WindowWorker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code worker}: works on windows that another process hands out. */
@Command(
        name = "worker",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Works on windows that a run in another process hands out, until it is stopped.",
            "It needs the run's settings, PostgreSQL and a broker: see export.workers.broker-url."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "1:failed; its windows go to other workers",
            "2:wrong usage, configuration or credentials; nothing was begun, or its windows go to other workers",
            "4:stopped on request; its windows go to other workers"
        })
final class WorkerCommand implements Callable<Integer> {

    private static final Duration RETRY = Duration.ofSeconds(2);

    /**
     * A frozen worker's transaction ends after ten seconds, and its locks with it: none waits for the API. The pool is
     * small, because many workers share what the server grants.
     */
    private static final List<String> SETTINGS = List.of(
            "--spring.datasource.hikari.connection-init-sql=SET idle_in_transaction_session_timeout = '10s'",
            "--spring.datasource.hikari.maximum-pool-size=" + WindowWorker.CONNECTIONS);

    private final Class<?> application;
    private final Console console;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "JOB_FILE",
            description = "The export's definition, as the run was given it.")
    private @Nullable Path jobFile;

    WorkerCommand(Class<?> application, Console console) {
        this.application = application;
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        JobFile file = jobFile == null ? null : JobFile.read(jobFile);
        List<String> settings = new ArrayList<>(console.verbosity().settings());
        settings.addAll(SETTINGS);
        try (ExportContext context = ExportContext.open(application, file, settings, null, LedgerAccess.SHARED)) {
            if (context.get(ExportProperties.class).workers().brokerUrl() == null) {
                throw new UsageException("A worker gets its work from a broker: set export.workers.broker-url, such as"
                        + " tcp://broker.example.com:61616.");
            }
            CountDownLatch stopped = new CountDownLatch(1);
            console.signal().onStop(stopped::countDown, () -> {});
            if (await(context, stopped)) {
                requireAccess(context);
                WindowWorker worker = context.get(WindowWorker.class);
                console.signal().onStop(worker::stop, () -> {});
                worker.run(this::say);
            }
            return ExitCode.STOPPED;
        } catch (ApiException.Denied | BrokerException e) {
            throw new UsageException(Errors.message(e), e);
        }
    }

    /** Waits for the ledger, which the first run makes; false where it is stopped before. */
    private boolean await(ExportContext context, CountDownLatch stopped) throws InterruptedException {
        boolean told = false;
        do {
            try {
                context.openOnServer();
                return true;
            } catch (RuntimeException e) {
                if (Errors.cause(e, NoLedgerException.class) == null) {
                    throw e;
                }
                if (!told) {
                    say("No run was ever begun at " + context.ledger() + ". Waiting for the first.");
                }
                told = true;
            }
        } while (!stopped.await(RETRY.toMillis(), TimeUnit.MILLISECONDS));
        return false;
    }

    /** Asks the API for something, before a window is taken that this process could do nothing with. */
    private static void requireAccess(ExportContext context) {
        AppType appType =
                context.get(ExportProperties.class).source().appTypes().get(0);
        context.get(ReportingClient.class).sessions(SessionQuery.anyOf(appType));
    }

    private void say(String line) {
        if (!console.verbosity().quiet()) {
            spec.commandLine().getOut().println(Errors.oneLine(line));
        }
    }
}
