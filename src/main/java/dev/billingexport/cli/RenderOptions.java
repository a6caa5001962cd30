package dev.billingexport.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What {@code render} takes: a run, and what is to be said otherwise than when it was launched. */
final class RenderOptions {

    @Parameters(index = "0", paramLabel = "RUN", description = "The run's number; see 'runs'.")
    long number;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "JOB_FILE",
            description = "The export's definition. Default: that of the run, as it is now.")
    private @Nullable Path jobFile;

    @Option(
            names = "--output",
            paramLabel = "LOCATION",
            description = "Where to deliver. Default: as the run was told, or export.delivery.location.")
    private @Nullable String output;

    @Option(
            names = "--format",
            split = ",",
            paramLabel = "FORMAT",
            description = "Which formats: xlsx, csv, html. Default: as the run was told, or export.report.formats.")
    private List<String> formats = new ArrayList<>();

    void applyTo(RunOptions options) {
        options.refresh = false;
        if (jobFile != null) {
            options.jobFile = jobFile;
        }
        if (output != null) {
            options.output = output;
        }
        if (!formats.isEmpty()) {
            options.formats = formats;
        }
    }
}
