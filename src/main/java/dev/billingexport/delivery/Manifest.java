package dev.billingexport.delivery;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.billingexport.session.AppType;
import dev.billingexport.session.Scope;
import dev.billingexport.session.Usage;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a delivered revision holds: {@code manifest.json}. Its fields are a promise to readers and stand in the
 * README. Fields that a newer version of this tool added are passed over on reading.
 *
 * @param export the export's name, and its folder's
 * @param revision from 1
 * @param run number of the run in its data directory
 * @param listingSha256 of the session ids, sorted, one a line; lower-case hexadecimal, like every checksum here
 * @param amends what the revision changes in an earlier one; null where there is none
 * @param files everything that is delivered, this manifest aside
 * @param deliveredAt when the revision was delivered
 */
public record Manifest(
        int manifestVersion,
        String export,
        int revision,
        long run,
        Period period,
        Source source,
        Totals totals,
        String listingSha256,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Amends amends,
        List<File> files,
        Tool tool,
        Instant deliveredAt) {

    /** The name of the file. */
    public static final String NAME = "manifest.json";

    /** The version that this code writes. */
    public static final int VERSION = 1;

    private static final Pattern REVISION = Pattern.compile("r([1-9]\\d{0,8})");

    /** A plain name: no separator, no leading dot, so neither hidden nor {@code ..}. */
    private static final Pattern FOLDER = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");

    private static final Pattern FILE =
            Pattern.compile("[A-Za-z0-9_%-][A-Za-z0-9._%-]*(/[A-Za-z0-9_%-][A-Za-z0-9._%-]*)*");

    /** Checks that everything is there, and that no name leads out of its folder. */
    public Manifest {
        requireFolder("export", export);
        requireFolder("period", period.label());
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(totals, "totals");
        Objects.requireNonNull(listingSha256, "listing_sha256");
        Objects.requireNonNull(tool, "tool");
        Objects.requireNonNull(deliveredAt, "delivered_at");
        if (revision < 1) {
            throw new IllegalArgumentException("Revisions count from 1; this is " + revision + ".");
        }
        Set<String> names = new HashSet<>(Set.of(NAME));
        for (File file : files) {
            if (!names.add(file.name())) {
                throw new IllegalArgumentException("The name '" + file.name() + "' is taken.");
            }
        }
        files = List.copyOf(files);
        if (amends != null && amends.revision() >= revision) {
            throw new IllegalArgumentException(
                    "Revision " + revision + " can't amend revision " + amends.revision() + ".");
        }
    }

    /**
     * Whether both are the same run's delivery of the same files. What may change between a try that was killed and
     * the next doesn't count: the order of files, the tool's version, the API's address, the time. Two data directories
     * can both have a run 1, but then their files differ, or else it makes no difference whose they are.
     */
    public boolean isSameDelivery(Manifest other) {
        return export.equals(other.export)
                && revision == other.revision
                && run == other.run
                && period.equals(other.period)
                && listingSha256.equals(other.listingSha256)
                && Set.copyOf(files).equals(Set.copyOf(other.files));
    }

    /** The revision that a folder of this name would hold; empty for any other name. */
    static OptionalInt revisionOf(String folder) {
        Matcher name = REVISION.matcher(folder);
        return name.matches() ? OptionalInt.of(Integer.parseInt(name.group(1))) : OptionalInt.empty();
    }

    static String requireFolder(String what, String name) {
        if (!FOLDER.matcher(name).matches()) {
            throw new IllegalArgumentException("The " + what + " '" + name
                    + "' can't be a folder's name: use letters, digits, '_', '-' and, further on, '.'.");
        }
        return name;
    }

    /**
     * The period that is billed.
     *
     * @param label the folder's name, {@code 2026-10} or {@code 2026-10-01_2026-10-15}
     * @param to exclusive
     */
    public record Period(String label, LocalDate from, LocalDate to, ZoneId timeZone) {

        /** Checks that everything is there, and that the label is that of the days. */
        public Period {
            Objects.requireNonNull(label, "label");
            Objects.requireNonNull(from, "from");
            Objects.requireNonNull(to, "to");
            Objects.requireNonNull(timeZone, "time_zone");
            String own = new dev.billingexport.session.Period(from, to, timeZone).label();
            if (!label.equals(own)) {
                throw new IllegalArgumentException(
                        "The period from " + from + " to " + to + " is called " + own + ", not " + label + ".");
            }
        }

        /** The period itself. */
        public dev.billingexport.session.Period billed() {
            return new dev.billingexport.session.Period(from, to, timeZone);
        }

        /** The manifest's view of a period. */
        public static Period of(dev.billingexport.session.Period period) {
            return new Period(period.label(), period.from(), period.to(), period.zone());
        }
    }

    /**
     * Where the sessions come from.
     *
     * @param appTypes the vendor's codes, such as {@code vc}
     * @param filter null where all sessions are billed
     */
    public record Source(
            URI baseUrl, List<String> appTypes, @Nullable Filter filter) {

        /** Checks that everything is there, and that the applications are known. */
        public Source {
            Objects.requireNonNull(baseUrl, "base_url");
            appTypes = List.copyOf(appTypes);
            if (appTypes.stream().map(Source::appType).distinct().count() < appTypes.size()) {
                throw new IllegalArgumentException("An application is named twice: " + appTypes + ".");
            }
        }

        private static AppType appType(String code) {
            return AppType.ofCode(code)
                    .orElseThrow(() -> new IllegalArgumentException("There is no application '" + code + "'."));
        }

        /** The applications themselves. */
        public SortedSet<AppType> applications() {
            return appTypes.stream().map(Source::appType).collect(Collectors.toCollection(TreeSet::new));
        }

        /** The manifest's view of a scope; the account stays out of it. */
        public static Source of(Scope scope) {
            dev.billingexport.session.Filter filter = scope.filter();
            return new Source(
                    scope.baseUrl(),
                    scope.appTypes().stream().map(AppType::code).toList(),
                    filter == null ? null : Filter.of(filter));
        }
    }

    /**
     * What the listing was narrowed to.
     *
     * @param by the vendor's field, such as {@code user_id}
     * @param value the only value that it may have; null where there are several
     * @param values the values that it may have; null where there is one
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Filter(
            String by, @Nullable String value, @Nullable List<String> values) {

        /** Checks that everything is there. */
        public Filter {
            Objects.requireNonNull(by, "by");
            if ((value == null) == (values == null)) {
                throw new IllegalArgumentException("The filter by " + by + " needs a value, or values.");
            }
        }

        static Filter of(dev.billingexport.session.Filter filter) {
            List<String> values = filter.values();
            return values.size() == 1
                    ? new Filter(filter.by().code(), values.get(0), null)
                    : new Filter(filter.by().code(), null, values);
        }
    }

    /**
     * The period's figures, exact. Units as in {@link Usage}.
     *
     * @param problems sessions' parts that could not be collected
     */
    public record Totals(
            long sessions,
            BigDecimal sessionMinutes,
            long callDetails,
            BigDecimal callDetailMinutes,
            long recordings,
            BigDecimal recordedSeconds,
            BigDecimal recordedBytes,
            long problems) {

        /** Brings {@code 1E+3} to 1000, as it is written, so that what is read back is equal. */
        public Totals {
            sessionMinutes = plain(sessionMinutes);
            callDetailMinutes = plain(callDetailMinutes);
            recordedSeconds = plain(recordedSeconds);
            recordedBytes = plain(recordedBytes);
        }

        /** The totals of a period. */
        public static Totals of(Usage usage, long problems) {
            return new Totals(
                    usage.sessions(),
                    usage.sessionMinutes(),
                    usage.callDetails(),
                    usage.callDetailMinutes(),
                    usage.recordings(),
                    usage.recordedSeconds(),
                    usage.recordedBytes(),
                    problems);
        }

        private static BigDecimal plain(BigDecimal figure) {
            return figure.scale() < 0 ? figure.setScale(0) : figure;
        }
    }

    /**
     * What a revision changes in an earlier one. The counts are null where the earlier one couldn't be compared.
     *
     * @param revision the earlier one
     * @param added sessions that it lacks
     * @param removed sessions that only it has
     * @param changed sessions of both that differ in anything that is delivered
     */
    public record Amends(
            int revision,
            @Nullable Long added,
            @Nullable Long removed,
            @Nullable Long changed) {

        /** Checks that there are all counts or none. */
        public Amends {
            if ((added == null) != (removed == null) || (added == null) != (changed == null)) {
                throw new IllegalArgumentException("Of what revision " + revision + " became, a count is missing.");
            }
        }
    }

    /**
     * One delivered file.
     *
     * @param name relative to the revision's folder, {@code /} between folders
     * @param rows rows of data, without headings; of a workbook those of all its data sheets
     */
    public record File(String name, long bytes, String sha256, long rows) {

        /** Checks that everything is there, and that the name stays within the revision's folder. */
        public File {
            if (!FILE.matcher(name).matches()) {
                throw new IllegalArgumentException("'" + name + "' is no name for a delivered file.");
            }
            Objects.requireNonNull(sha256, "sha256");
        }

        /** The entry of a rendered file that lies right in the revision's folder; reads the file once. */
        public static File of(Path file, long rows) throws IOException {
            Checksum checksum = Checksum.of(file);
            return new File(file.getFileName().toString(), checksum.bytes(), checksum.sha256(), rows);
        }
    }

    /** What rendered the files. */
    public record Tool(String name, String version) {

        /** Checks that everything is there. */
        public Tool {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(version, "version");
        }
    }
}
