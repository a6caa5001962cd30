package dev.billingexport.cli;

import dev.billingexport.api.Waiting;
import dev.billingexport.job.ExportProgress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** Describes a run's progress and what it waits for. */
final class ProgressText {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private final ExportProgress progress;
    private final Supplier<Optional<Waiting>> waiting;
    private final Clock clock;

    /** @param clock its zone is that of the log's times */
    ProgressText(ExportProgress progress, Supplier<Optional<Waiting>> waiting, Clock clock) {
        this.progress = progress;
        this.waiting = waiting;
        this.clock = clock;
    }

    ExportProgress progress() {
        return progress;
    }

    /** Returns for example {@code collect: 12 of 62 windows, 3,400 sessions}. */
    String counts() {
        ExportProgress.Stage stage = progress.stage();
        return stage.parts() == 0
                ? stage.name() + ": " + sessions()
                : "%s: %d of %d %s, %s"
                        .formatted(stage.name(), progress.done(), stage.parts(), stage.unit(), sessions());
    }

    String sessions() {
        long sessions = progress.sessions();
        return String.format(Locale.ROOT, "%,d %s", sessions, sessions == 1 ? "session" : "sessions");
    }

    /** Returns what the run waits for, since when, until when, and why; empty where it doesn't wait. */
    Optional<String> waiting() {
        return waiting.get().map(this::sentence);
    }

    private String sentence(Waiting wait) {
        String since = time(wait.since());
        long seconds = Duration.between(clock.instant(), wait.nextTry()).toSeconds();
        String next = seconds < 0
                ? "trying again since " + time(wait.nextTry())
                : "next try at %s (in %d s)".formatted(time(wait.nextTry()), seconds);
        String said = wait.said() == null ? "" : ": " + wait.said();
        return switch (wait.reason()) {
            case OUTAGE -> "API down since " + since + ", " + next + said;
            case PAUSE -> "API asks for a pause since " + since + ", " + next + said;
            case RETRY -> "API failed at " + since + ", " + next + said;
            case ANSWER -> "No answer from the API since " + since + ", " + next;
        };
    }

    private String time(Instant instant) {
        return TIME.format(instant.atZone(ZoneId.systemDefault()));
    }
}
