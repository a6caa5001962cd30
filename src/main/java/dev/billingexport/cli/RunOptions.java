package dev.billingexport.cli;

import dev.billingexport.delivery.Location;
import dev.billingexport.sample.RecordedSample;
import dev.billingexport.sample.SampleApi;
import dev.billingexport.session.Period;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** The options of {@code run}. The ledger keeps them, so that {@code resume} can use them again. */
final class RunOptions {

    /** Name of the sample's export and data directory, which keeps it apart from real bills. */
    static final String SAMPLE = "sample";

    @Parameters(
            arity = "0..1",
            paramLabel = "JOB_FILE",
            description =
                    "The export's definition, YAML; see the folder jobs. Without it: all users, with the defaults.")
    @Nullable
    Path jobFile;

    @ArgGroup
    @Nullable
    PeriodOptions period;

    @Option(
            names = "--output",
            paramLabel = "LOCATION",
            description = "Where to deliver, instead of export.delivery.location: a folder or s3://bucket/prefix.")
    @Nullable
    String output;

    @Option(
            names = "--format",
            split = ",",
            paramLabel = "FORMAT",
            description = "Which formats, instead of export.report.formats: xlsx, csv, html.")
    List<String> formats = new ArrayList<>();

    @Option(
            names = "--sample",
            description =
                    "Run against the embedded sample API: no account, no network. The export is named sample, and its data directory is the folder sample in export.data-dir.")
    boolean sample;

    @Option(names = "--refresh", description = "Collect again what earlier runs had already closed.")
    boolean refresh;

    /** A month or days, but not both. */
    static final class PeriodOptions {

        @Option(
                names = "--month",
                paramLabel = "YYYY-MM",
                converter = MonthConverter.class,
                description = "The calendar month to bill. Default: the one before this.")
        @Nullable
        YearMonth month;

        @ArgGroup(exclusive = false)
        @Nullable
        Days days;
    }

    /** A period that is not a month. */
    static final class Days {

        @Option(
                names = "--from",
                required = true,
                paramLabel = "DATE",
                converter = DateConverter.class,
                description = "The first day, in the export's time zone.")
        @Nullable
        LocalDate from;

        @Option(
                names = "--to",
                required = true,
                paramLabel = "DATE",
                converter = DateConverter.class,
                description = "The day after the last one: the end is exclusive.")
        @Nullable
        LocalDate to;
    }

    /** Returns arguments that mean the same for this period in any working directory. */
    List<String> arguments(Period period) {
        List<String> arguments = new ArrayList<>();
        if (jobFile != null) {
            arguments.add(jobFile.toAbsolutePath().normalize().toString());
        }
        arguments.addAll(List.of("--from=" + period.from(), "--to=" + period.to()));
        if (output != null) {
            arguments.add("--output=" + location(output));
        }
        formats.forEach(format -> arguments.add("--format=" + format));
        if (sample) {
            arguments.add("--sample");
        }
        if (refresh) {
            arguments.add("--refresh");
        }
        return arguments;
    }

    static RunOptions parse(List<String> arguments) {
        return CommandLine.populateCommand(new RunOptions(), arguments.toArray(String[]::new));
    }

    /** Returns settings that override those of the job file and the environment. */
    List<String> settings(@Nullable SampleApi sampleApi) {
        List<String> settings = new ArrayList<>();
        if (output != null) {
            settings.add("--export.delivery.location=" + location(output));
        }
        if (!formats.isEmpty()) {
            settings.add("--export.report.formats=" + String.join(",", formats));
        }
        if (sampleApi != null) {
            settings.add("--export.source.base-url=" + sampleApi.baseUrl());
            settings.add("--export.name=" + SAMPLE);
        }
        return settings;
    }

    /**
     * Returns the requested period.
     *
     * @throws UsageException if it is empty or not over yet
     */
    Period period(ZoneId zone, Clock clock) {
        Period resolved = resolve(zone, clock);
        if (resolved.end().isAfter(clock.instant())) {
            throw new UsageException("The period " + resolved.label() + " ends at " + resolved.end()
                    + " and is not over yet. Run it after that.");
        }
        return resolved;
    }

    private Period resolve(ZoneId zone, Clock clock) {
        if (period != null && period.month != null) {
            return Period.of(period.month, zone);
        }
        if (period != null && period.days != null && period.days.from != null && period.days.to != null) {
            try {
                return new Period(period.days.from, period.days.to, zone);
            } catch (IllegalArgumentException e) {
                throw new UsageException(Errors.message(e), e);
            }
        }
        return Period.of(
                sample
                        ? RecordedSample.MONTH
                        : YearMonth.now(clock.withZone(zone)).minusMonths(1),
                zone);
    }

    /** Returns an absolute location, which means the same in any working directory. */
    private static URI location(String output) {
        UnknownSettings.unreadable("--output", output).ifPresent(complaint -> {
            throw new UsageException(complaint);
        });
        try {
            return Location.of(output).uri();
        } catch (IllegalArgumentException e) {
            throw new UsageException(Errors.message(e), e);
        }
    }

    static final class MonthConverter implements CommandLine.ITypeConverter<YearMonth> {
        @Override
        public YearMonth convert(String value) {
            try {
                return YearMonth.parse(value);
            } catch (DateTimeParseException e) {
                throw new TypeConversionException("'" + value + "' is not a month such as 2026-10");
            }
        }
    }

    static final class DateConverter implements CommandLine.ITypeConverter<LocalDate> {
        @Override
        public LocalDate convert(String value) {
            try {
                return LocalDate.parse(value);
            } catch (DateTimeParseException e) {
                throw new TypeConversionException("'" + value + "' is not a day such as 2026-10-01");
            }
        }
    }
}
