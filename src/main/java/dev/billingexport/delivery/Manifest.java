package dev.billingexport.delivery;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.billingexport.session.AppType;
import dev.billingexport.session.Scope;
import dev.billingexport.session.Usage;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The manifest of a delivered revision: {@code manifest.json}. Its fields are documented and a promise to readers.
 * Unknown fields, which a newer version of this program added, are ignored.
 *
 * @param manifestVersion 2, or 1 for deliveries of version 0.1.0 of this program; fields that it didn't write are null
 *     or empty
 * @param export the export's name, and its folder's
 * @param revision from 1
 * @param run number of the run in its data directory
 * @param listingSha256 SHA-256 of the session ids, sorted, one a line; lower-case hexadecimal, like every checksum here
 * @param collected when the API was queried; null in version 1
 * @param warnings what should be checked before a bill is sent, a sentence each
 * @param renderedFrom number of the run that collected the sessions, where this run didn't query the API; else null
 * @param settings every setting that shapes the files, as text by the name of its property; null in version 1
 * @param previous the delivery before this one in the export's folder; null for the first, and in version 1
 * @param amends changes against an earlier revision; null where there is none
 * @param files all delivered files, without this manifest
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
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Collected collected,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long renderedFrom,
        List<String> warnings,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable SortedMap<String, String> settings,
        @Nullable Previous previous,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Amends amends,
        List<File> files,
        Tool tool,
        Instant deliveredAt) {

    /** The name of the file. */
    public static final String NAME = "manifest.json";

    /** The name of its signature file, where it is signed: an Ed25519 signature of the manifest's bytes. */
    public static final String SIGNATURE = NAME + ".sig";

    /** The version that this code writes. */
    public static final int VERSION = 2;

    /** More digits than any billed figure has. */
    private static final int MAX_DIGITS = 1_000;

    /** Limit of files in a manifest. */
    private static final int MAX_FILES = 100_000;

    /** Checks that everything is present, and that no name leads out of its folder. */
    public Manifest {
        if (manifestVersion < 1 || manifestVersion > VERSION) {
            throw unknownVersion(manifestVersion);
        }
        DeliveredName.requireFolder("export", export);
        DeliveredName.requireFolder("period", period.label());
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(totals, "totals");
        Objects.requireNonNull(listingSha256, "listing_sha256");
        Objects.requireNonNull(tool, "tool");
        Objects.requireNonNull(deliveredAt, "delivered_at");
        if (revision < 1) {
            throw new IllegalArgumentException("Revisions count from 1; this is " + revision + ".");
        }
        if (files.size() > MAX_FILES) {
            throw new IllegalArgumentException("There are more than " + MAX_FILES + " files.");
        }
        Set<String> names = new HashSet<>(Set.of(NAME, SIGNATURE));
        for (File file : files) {
            if (!names.add(file.name())) {
                throw new IllegalArgumentException("The name '" + file.name() + "' occurs twice.");
            }
        }
        files = manifestVersion == 1 ? VersionOne.withColumns(files) : List.copyOf(files);
        warnings = warnings == null ? List.of() : List.copyOf(warnings);
        settings = settings == null ? null : Collections.unmodifiableSortedMap(new TreeMap<>(settings));
        if (amends != null && amends.revision() >= revision) {
            throw new IllegalArgumentException(
                    "Revision " + revision + " can't amend revision " + amends.revision() + ".");
        }
    }

    /**
     * Returns whether both are the same run's delivery of the same files. Ignores what may differ between a killed and
     * a repeated attempt: the order of files, the program's version, the API's address, the time. Two data directories
     * may both have a run 1, but then either their files differ or it doesn't matter which one delivered.
     */
    public boolean isSameDelivery(Manifest other) {
        return export.equals(other.export)
                && revision == other.revision
                && run == other.run
                && period.equals(other.period)
                && listingSha256.equals(other.listingSha256)
                && contents().equals(other.contents());
    }

    private Set<String> contents() {
        return files.stream()
                .map(file -> file.name() + " " + file.bytes() + " " + file.sha256() + " " + file.rows())
                .collect(Collectors.toSet());
    }

    static IllegalArgumentException unknownVersion(int version) {
        return new IllegalArgumentException(
                "It is of version " + version + ", and this billing-export reads versions 1 to " + VERSION
                        + ". Use the billing-export that delivered it, or a newer one.");
    }

    /** Returns the same manifest with a reference to the delivery before it. */
    Manifest after(@Nullable Previous delivery) {
        return new Manifest(
                manifestVersion,
                export,
                revision,
                run,
                period,
                source,
                totals,
                listingSha256,
                collected,
                renderedFrom,
                warnings,
                settings,
                delivery,
                amends,
                files,
                tool,
                deliveredAt);
    }

    /**
     * The billed period.
     *
     * @param label the folder's name, {@code 2026-10} or {@code 2026-10-01_2026-10-15}
     * @param to exclusive
     */
    public record Period(String label, LocalDate from, LocalDate to, ZoneId timeZone) {

        /** Checks that everything is present, and that the label matches the days. */
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

        /** Returns the period. */
        public dev.billingexport.session.Period billed() {
            return new dev.billingexport.session.Period(from, to, timeZone);
        }

        /** Returns the manifest's form of a period. */
        public static Period of(dev.billingexport.session.Period period) {
            return new Period(period.label(), period.from(), period.to(), period.zone());
        }
    }

    /**
     * The origin of the sessions.
     *
     * @param appTypes the vendor's codes, such as {@code vc}
     * @param filter null where all sessions are billed
     */
    public record Source(
            URI baseUrl, List<String> appTypes, @Nullable Filter filter) {

        /** Checks that everything is present, and that the applications are known. */
        public Source {
            Objects.requireNonNull(baseUrl, "base_url");
            appTypes = List.copyOf(appTypes);
            if (appTypes.stream().map(Source::appType).distinct().count() < appTypes.size()) {
                throw new IllegalArgumentException("An application occurs twice: " + appTypes + ".");
            }
        }

        private static AppType appType(String code) {
            return AppType.ofCode(code)
                    .orElseThrow(() -> new IllegalArgumentException("There is no application '" + code + "'."));
        }

        /** Returns the applications. */
        public SortedSet<AppType> applications() {
            return appTypes.stream().map(Source::appType).collect(Collectors.toCollection(TreeSet::new));
        }

        /** Returns the manifest's form of a scope, without the account. */
        public static Source of(Scope scope) {
            dev.billingexport.session.Filter filter = scope.filter();
            return new Source(
                    scope.baseUrl(),
                    scope.appTypes().stream().map(AppType::code).toList(),
                    filter == null ? null : Filter.of(filter));
        }
    }

    /**
     * The filter of the listing.
     *
     * @param by the vendor's field, such as {@code user_id}
     * @param value the accepted value; null where there are several
     * @param values the accepted values; null where there is one
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Filter(
            String by, @Nullable String value, @Nullable List<String> values) {

        /** Checks that everything is present. */
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
     * When the API was queried; both null where it wasn't.
     *
     * @param first time of the oldest answer
     * @param last time of the newest answer
     */
    public record Collected(
            @Nullable Instant first, @Nullable Instant last) {}

    /**
     * The delivery before this one.
     *
     * @param period its label
     * @param manifestSha256 SHA-256 of its revision's {@code manifest.json}
     */
    public record Previous(String period, int revision, String manifestSha256) {

        /** Checks that everything is present. */
        public Previous {
            DeliveredName.requireFolder("period", period);
            Objects.requireNonNull(manifestSha256, "manifest_sha256");
        }
    }

    /**
     * The period's totals, exact. Units as in {@link Usage}.
     *
     * @param problems number of parts of sessions that could not be collected
     * @param charges total by currency; empty where rating is off, and in version 1
     */
    public record Totals(
            long sessions,
            BigDecimal sessionMinutes,
            long callDetails,
            BigDecimal callDetailMinutes,
            long recordings,
            BigDecimal recordedSeconds,
            BigDecimal recordedBytes,
            long problems,
            List<Charge> charges) {

        /** Normalizes {@code 1E+3} to 1000, as it is written, so that a value read back is equal. */
        public Totals {
            sessionMinutes = plain(sessionMinutes);
            callDetailMinutes = plain(callDetailMinutes);
            recordedSeconds = plain(recordedSeconds);
            recordedBytes = plain(recordedBytes);
            charges = charges == null ? List.of() : List.copyOf(charges);
        }

        /** Returns the totals of a period. */
        public static Totals of(Usage usage, long problems, List<Charge> charges) {
            return new Totals(
                    usage.sessions(),
                    usage.sessionMinutes(),
                    usage.callDetails(),
                    usage.callDetailMinutes(),
                    usage.recordings(),
                    usage.recordedSeconds(),
                    usage.recordedBytes(),
                    problems,
                    charges);
        }
    }

    /** The total charges in one currency. */
    public record Charge(String currency, BigDecimal amount) {

        /** Checks that everything is present. */
        public Charge {
            Objects.requireNonNull(currency, "currency");
            amount = plain(amount);
        }
    }

    /** The total charges in one currency, before and now. */
    public record AmendedCharge(String currency, BigDecimal before, BigDecimal after) {

        /** Checks that everything is present. */
        public AmendedCharge {
            Objects.requireNonNull(currency, "currency");
            before = plain(before);
            after = plain(after);
        }
    }

    private static BigDecimal plain(BigDecimal figure) {
        if (figure.precision() > MAX_DIGITS || Math.abs((long) figure.scale()) > MAX_DIGITS) {
            throw new IllegalArgumentException("A figure has more digits than any billed figure.");
        }
        return figure.scale() < 0 ? figure.setScale(0) : figure;
    }

    /**
     * Changes against an earlier revision. The counts are null where it couldn't be compared.
     *
     * @param revision the earlier revision
     * @param added sessions that the earlier revision lacks
     * @param removed sessions that only the earlier revision has
     * @param changed sessions of both that differ in anything delivered
     * @param charges of all sessions, by currency; empty where nothing was compared or rated, and in version 1
     */
    public record Amends(
            int revision,
            @Nullable Long added,
            @Nullable Long removed,
            @Nullable Long changed,
            List<AmendedCharge> charges) {

        /** Checks that all counts are present or none. */
        public Amends {
            if ((added == null) != (removed == null) || (added == null) != (changed == null)) {
                throw new IllegalArgumentException(
                        "A count of the changes against revision " + revision + " is missing.");
            }
            charges = charges == null ? List.of() : List.copyOf(charges);
        }
    }

    /**
     * One delivered file.
     *
     * @param name relative to the revision's folder, {@code /} between folders
     * @param table table of a CSV file; null for other files
     * @param rows rows of data without headers; of a workbook those of all its data sheets
     * @param columns header of a CSV file; null for other files
     */
    public record File(
            String name,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String table,

            long bytes,
            String sha256,
            long rows,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            List<String> columns) {

        /** Checks that everything is present, and that the name stays within the revision's folder. */
        public File {
            DeliveredName.requireFile(name);
            Objects.requireNonNull(sha256, "sha256");
            columns = columns == null ? null : List.copyOf(columns);
            if ((table == null) != (columns == null)) {
                throw new IllegalArgumentException("The table or the columns of " + name + " are missing.");
            }
        }
    }

    /** The program that rendered the files. */
    public record Tool(String name, String version) {

        /** Checks that everything is present. */
        public Tool {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(version, "version");
        }
    }
}
