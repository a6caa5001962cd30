package dev.billingexport.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.billingexport.session.Period;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run, as {@code runs} and {@code show} print it and in their JSON; see {@code src/docs/json.md}.
 *
 * @param status {@code delivered}, {@code running}, {@code stopped}, {@code failed}, {@code interrupted} or {@code
 *     not_started}
 * @param sessions sessions in the ledger; null after a purge
 * @param problems problems in the ledger; null after a purge
 * @param progress null where the run is not at work
 * @param details null in a list of runs
 */
record RunReport(
        long run,
        String export,
        PeriodReport period,
        int revision,
        String status,
        Instant begun,
        @Nullable Instant deliveredAt,
        @Nullable URI location,
        @Nullable Long sessions,
        @Nullable Long problems,
        @Nullable ProgressReport progress,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Details details) {

    static final String RUNNING = "running";

    /** The half-open period, as in the manifest. */
    record PeriodReport(String label, LocalDate from, LocalDate to, String timeZone) {

        static PeriodReport of(Period period) {
            return new PeriodReport(
                    period.label(), period.from(), period.to(), period.zone().getId());
        }
    }

    /**
     * What {@code show} prints beyond {@code runs}.
     *
     * @param reason why the last launch failed; null where it didn't
     * @param launch the arguments that launch the run again
     * @param renderedFrom the run that collected the sessions; null where this run did
     * @param windows null after a purge
     * @param reused sessions that earlier runs had collected; null after a purge
     */
    record Details(
            @Nullable String reason,
            List<String> launch,
            @Nullable Long renderedFrom,
            @Nullable Windows windows,
            @Nullable Long reused,
            List<StepReport> steps,
            List<WorkerReport> workers,
            List<UnreadField> unreadFields,
            List<ProblemReport> problemList,
            List<FileReport> files) {}

    /** A field of the API that this program doesn't read. */
    record UnreadField(String name, long times) {}

    /** Numbers of windows that are confirmed and complete, and of others. */
    record Windows(long closed, long open) {}

    /**
     * A process that works on the run's windows, or waits for some.
     *
     * @param windows those that it works on
     */
    record WorkerReport(String host, long process, Instant since, double sessionsPerSecond, List<String> windows) {}

    /** A step of one launch. */
    record StepReport(
            String name,
            String status,
            @Nullable Instant started,
            @Nullable Instant ended) {}

    /** A part of a session that could not be collected, as in {@code problems.csv}. */
    record ProblemReport(String sessionId, @Nullable Instant transDate, String part, String cause, int attempts) {}

    /** A delivered file. */
    record FileReport(String name, long bytes, long rows, String sha256) {}

    /**
     * Progress of a running run.
     *
     * @param stage the step's name
     * @param parts number of windows or files; 0 where it is unknown
     * @param unit name of the parts
     * @param sessions sessions collected by this launch
     * @param processId of the process that is at work
     * @param at when this was measured
     */
    record ProgressReport(
            String stage,
            int done,
            int parts,
            String unit,
            long sessions,
            @Nullable WaitingReport waiting,
            long processId,
            Instant at) {}

    /** What a run waits for: {@code outage}, {@code pause}, {@code retry} or {@code answer}. */
    record WaitingReport(
            String reason, Instant since, @Nullable String said, Instant nextTry) {}

    /** Returns the same run with another status. */
    RunReport with(String otherStatus, @Nullable ProgressReport otherProgress) {
        return new RunReport(
                run,
                export,
                period,
                revision,
                otherStatus,
                begun,
                deliveredAt,
                location,
                sessions,
                problems,
                otherProgress,
                details);
    }

    /** Returns the run without details, for a list. */
    RunReport brief() {
        return new RunReport(
                run,
                export,
                period,
                revision,
                status,
                begun,
                deliveredAt,
                location,
                sessions,
                problems,
                progress,
                null);
    }
}
