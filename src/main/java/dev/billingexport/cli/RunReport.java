package dev.billingexport.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.billingexport.session.Period;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run, as {@code runs} and {@code show} tell it and as their JSON has it; see {@code src/docs/json.md}.
 *
 * @param status {@code delivered}, {@code running}, {@code stopped}, {@code failed}, {@code interrupted} or
 *     {@code not_started}
 * @param sessions what the ledger holds; null once that is purged
 * @param problems likewise
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
     * What {@code show} tells beyond a list.
     *
     * @param reason why the last launch failed; null where it didn't
     * @param launch the arguments that launch it again
     * @param renderedFrom the run that collected what this one delivers anew; null where it collects its own
     * @param windows null once what was collected is purged
     * @param reused sessions that earlier runs had collected; null likewise
     */
    record Details(
            @Nullable String reason,
            List<String> launch,
            @Nullable Long renderedFrom,
            @Nullable Windows windows,
            @Nullable Long reused,
            List<StepReport> steps,
            List<UnreadField> unreadFields,
            List<ProblemReport> problemList,
            List<FileReport> files) {}

    /** A field that the API has and this program doesn't read. */
    record UnreadField(String name, long times) {}

    /** How many windows are collected and confirmed, and how many are not. */
    record Windows(long closed, long open) {}

    /** A step of one launch. */
    record StepReport(
            String name,
            String status,
            @Nullable Instant started,
            @Nullable Instant ended) {}

    /** A session that could not be collected, as in {@code problems.csv}. */
    record ProblemReport(String sessionId, @Nullable Instant transDate, String part, String cause, int attempts) {}

    /** A delivered file. */
    record FileReport(String name, long bytes, long rows, String sha256) {}

    /**
     * How far a run that is at work is.
     *
     * @param stage the step's name
     * @param parts how many windows or files it has; 0 where that is not known
     * @param unit what the parts are
     * @param sessions collected by this launch
     * @param processId of the process that is at work
     * @param at when this was so
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

    /** The same run in another state. */
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

    /** The same run, as a list has it. */
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
