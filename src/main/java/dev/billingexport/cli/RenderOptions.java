package dev.billingexport.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of {@code render}: a run, and what replaces the options of its launch. */
final class RenderOptions {

    @Parameters(index = "0", paramLabel = "RUN", description = "The run's number; see 'runs'.")
    long number;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "JOB_FILE",
            description = "The export's definition. Default: the run's job file, as it is now.")
    private @Nullable Path jobFile;

    @Option(
            names = "--output",
            paramLabel = "LOCATION",
            description = "Where to deliver. Default: as in the run's launch, or export.delivery.location.")
    private @Nullable String output;

    @Option(
            names = "--format",
            split = ",",
            paramLabel = "FORMAT",
            description = "Which formats: xlsx, csv, html. Default: as in the run's launch, or export.report.formats.")
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
