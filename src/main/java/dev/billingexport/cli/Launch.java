package dev.billingexport.cli;

import dev.billingexport.api.Credentials;
import dev.billingexport.api.Network;
import dev.billingexport.api.ReportingClient;
import dev.billingexport.delivery.Delivery;
import dev.billingexport.job.ExportProgress;
import dev.billingexport.job.ExportProperties;
import dev.billingexport.job.Tariffs;
import dev.billingexport.ledger.InUseException;
import dev.billingexport.ledger.Run;
import dev.billingexport.ledger.RunKey;
import dev.billingexport.ledger.Runs;
import dev.billingexport.report.rating.ListException;
import dev.billingexport.report.rating.UnassignedUsersException;
import dev.billingexport.run.AmendedRevision;
import dev.billingexport.run.ExportLauncher;
import dev.billingexport.run.Outcome;
import dev.billingexport.sample.SampleAccount;
import dev.billingexport.sample.SampleApi;
import dev.billingexport.session.AppType;
import dev.billingexport.session.Filter;
import dev.billingexport.session.Period;
import dev.billingexport.session.Scope;
import dev.billingexport.worker.RemoteWindows;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/**
 * Launches a run, from its options to its exit code: checks everything that can be checked, finds the run or creates a
 * new one, and waits for its end.
 */
final class Launch {

    private final Class<?> application;
    private final Console console;
    private final CommandLine command;

    Launch(Class<?> application, Console console, CommandLine command) {
        this.application = application;
        this.console = console;
        this.command = command;
    }

    /** Launches the run that the options lead to: a new one, an unfinished one, or one that is already delivered. */
    int run(RunOptions options, boolean rerun, boolean acceptProblems) {
        return in(options, List.of(), context -> {
            RunKey key = prepare(context, options);
            Runs runs = context.get(Runs.class);
            List<Run> revisions = runs.revisions(key);
            if (revisions.isEmpty() || revisions.get(0).delivered() && rerun) {
                int revision = nextRevision(context.get(Delivery.class), key, revisions, rerun);
                RunKey next = new RunKey(key.export(), key.period(), key.scope(), revision);
                Run run = runs.create(
                        next,
                        options.arguments(key.period()),
                        context.get(Clock.class).instant());
                say("Run %d: revision %d.".formatted(run.id(), revision));
                return launch(context, options, run, acceptProblems);
            }
            Run run = revisions.get(0);
            if (run.delivered()) {
                return new DeliveredRunPrinter(
                                context, command, console.verbosity().quiet())
                        .print(run);
            }
            return resume(context, options, run, acceptProblems);
        });
    }

    /** Resumes a run of a ledger. The job file may name another ledger by now, which is ignored. */
    int resume(Run run, List<String> place) {
        RunOptions options = RunOptions.parse(run.arguments());
        return in(options, place, context -> {
            RunKey key = prepare(context, options);
            requireSame(run, key);
            return resume(context, options, run, false);
        });
    }

    /**
     * Delivers the next revision of a delivered run from its collected sessions, with the present settings.
     *
     * @param changed options that replace those of the run's own launch
     */
    int render(Run run, List<String> place, RenderOptions changed) {
        RunOptions options = RunOptions.parse(run.arguments());
        changed.applyTo(options);
        return in(options, place, context -> {
            RunKey key = prepare(context, options);
            requireSame(run, key);
            Runs runs = context.get(Runs.class);
            List<Run> revisions = runs.revisions(key);
            Run newest = revisions.get(0);
            if (!newest.delivered()) {
                throw new UsageException("Run %d, revision %d of the same period, is not finished: %s"
                        .formatted(newest.id(), newest.key().revision(), context.command("resume", newest.id())));
            }
            requireCustomers(context, run);
            int revision = nextRevision(context.get(Delivery.class), key, revisions, true);
            Run next = runs.createFrom(
                    run,
                    new RunKey(key.export(), key.period(), key.scope(), revision),
                    options.arguments(key.period()),
                    context.get(Clock.class).instant());
            say("Run %d: revision %d, from the sessions that run %d collected, without querying the API."
                    .formatted(next.id(), revision, next.collectedBy()));
            return launch(context, options, next, true);
        });
    }

    private static void requireSame(Run run, RunKey now) {
        if (!new RunKey(now.export(), now.period(), now.scope(), run.key().revision()).equals(run.key())) {
            throw new UsageException("Run " + run.id() + " was started with another name, time zone, account, API,"
                    + " application or filter than the present settings have. Restore those, or start a new run.");
        }
    }

    private static void requireCustomers(ExportContext context, Run run) {
        try {
            context.get(Tariffs.class).requireCustomers(run);
        } catch (UnassignedUsersException e) {
            throw new UsageException(Errors.message(e), e);
        }
    }

    private int resume(ExportContext context, RunOptions options, Run run, boolean acceptProblems) {
        context.get(Runs.class).relaunched(run, options.arguments(run.key().period()));
        say("Resuming run %d, revision %d: what it collected is kept."
                .formatted(run.id(), run.key().revision()));
        return launch(context, options, run, acceptProblems);
    }

    private int launch(ExportContext context, RunOptions options, Run run, boolean acceptProblems) {
        context.get(AmendedRevision.class).warning(run).ifPresent(this::say);
        ExportLauncher launcher = context.get(ExportLauncher.class);
        OutcomePrinter printer =
                new OutcomePrinter(context, run, command, console.verbosity().debug());
        ProgressText text = new ProgressText(
                context.get(ExportProgress.class),
                context.get(ReportingClient.class)::waiting,
                context.get(Clock.class));
        Progress progress = Progress.show(text, console.screen(), console.verbosity());
        LiveReport report = LiveReport.begin(context, run);
        console.signal().onStop(launcher::stop, () -> {
            progress.close();
            printer.stopped();
            launcher.stopped();
            report.close();
        });
        try (report) {
            Outcome outcome;
            try (progress) {
                outcome = launcher.launch(run, options.refresh, acceptProblems);
            }
            console.signal().workEnded();
            return printer.print(outcome);
        }
    }

    /** Checks everything that can fail before anything is started, and locks the data directory. */
    private RunKey prepare(ExportContext context, RunOptions options) {
        try {
            ExportProperties properties = context.get(ExportProperties.class);
            boolean withWorkers = properties.workers().brokerUrl() != null;
            if (withWorkers && options.sample) {
                throw new UsageException("Workers can't reach the sample API inside this process. Take"
                        + " export.workers.broker-url out, or run the sample without the job file.");
            }
            Period period = options.period(properties.timeZone(), context.get(Clock.class));
            Scope scope = context.get(Scope.class);
            context.get(Tariffs.class).of(period);
            context.get(Network.class);
            say(heading(properties.name(), period, scope));
            context.get(Delivery.class).checkAccess(properties.name(), period.label());
            context.acquireDataDirectory();
            if (withWorkers) {
                context.get(RemoteWindows.class).check();
            }
            return new RunKey(properties.name(), period, scope.fingerprint(), 1);
        } catch (UsageException | InUseException e) {
            throw e;
        } catch (ListException e) {
            throw new UsageException(e.complaints());
        } catch (RuntimeException e) {
            throw new UsageException(Errors.message(e), e);
        }
    }

    private static String heading(String name, Period period, Scope scope) {
        String appTypes = scope.appTypes().stream().map(AppType::code).collect(Collectors.joining(", "));
        Filter filter = scope.filter();
        return "%s, period %s: %s to %s (exclusive), %s; %s%s"
                .formatted(
                        name,
                        period.label(),
                        period.from(),
                        period.to(),
                        period.zone(),
                        appTypes,
                        filter == null ? "" : ", " + filter.by().code() + " " + filter.description());
    }

    private static int nextRevision(Delivery delivery, RunKey key, List<Run> revisions, boolean rerun) {
        OptionalInt taken = delivery.newestRevision(key.export(), key.period().label());
        if (taken.isPresent() && !rerun) {
            throw new UsageException("Revision " + taken.getAsInt() + " of " + key.export() + " "
                    + key.period().label()
                    + " exists already. Another run delivered it, with other settings or from another data directory."
                    + " To deliver the next revision beside it, add --rerun.");
        }
        int own = revisions.isEmpty() ? 0 : revisions.get(0).key().revision();
        return Math.max(own, taken.orElse(0)) + 1;
    }

    private int in(RunOptions options, List<String> more, ToIntFunction<ExportContext> work) {
        JobFile jobFile = options.jobFile == null ? null : JobFile.read(options.jobFile);
        try (SampleApi sample = options.sample ? SampleApi.start(0) : null;
                ExportContext context = ExportContext.open(
                        application, jobFile, settings(options, more, jobFile, sample), credentials(sample))) {
            return work.applyAsInt(context);
        }
    }

    private List<String> settings(
            RunOptions options, List<String> more, @Nullable JobFile jobFile, @Nullable SampleApi sample) {
        List<String> settings = new ArrayList<>(options.settings(sample));
        if (sample != null && more.isEmpty()) {
            settings.add("--export.data-dir="
                    + ExportContext.dataDirectory(ExportEnvironment.of(jobFile, List.of()))
                            .resolve(RunOptions.SAMPLE));
        }
        settings.addAll(more);
        settings.addAll(console.verbosity().settings());
        return settings;
    }

    private static @Nullable Credentials credentials(@Nullable SampleApi sample) {
        return sample == null ? null : Credentials.from(SampleAccount.basicCredentials());
    }

    private void say(String line) {
        if (!console.verbosity().quiet()) {
            command.getOut().println(line);
        }
    }
}
