package dev.billingexport.job;

import dev.billingexport.delivery.Manifest;
import dev.billingexport.files.Sha256;
import dev.billingexport.ledger.LedgerContents;
import dev.billingexport.ledger.Run;
import dev.billingexport.report.RenderedFile;
import dev.billingexport.report.Report;
import dev.billingexport.report.rating.Tariff;
import dev.billingexport.report.table.Amendment;
import dev.billingexport.report.table.Amendments;
import dev.billingexport.session.Scope;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.regex.Pattern;
import org.springframework.boot.info.BuildProperties;
import org.springframework.stereotype.Component;

/** Creates the manifest of a delivery from the ledger, the report and the rendered files. */
@Component
class Manifests {

    /**
     * Characters that CSV files can't hold and that are replaced. The fingerprint is computed with the replacement, so
     * that a reader of the files gets the same.
     */
    private static final Pattern NOT_KEPT = Pattern.compile("\\p{Cs}|\\x00");

    private final LedgerContents contents;
    private final Scope scope;
    private final ExportProperties properties;
    private final Tariffs tariffs;
    private final BuildProperties build;

    Manifests(
            LedgerContents contents, Scope scope, ExportProperties properties, Tariffs tariffs, BuildProperties build) {
        this.contents = contents;
        this.scope = scope;
        this.properties = properties;
        this.tariffs = tariffs;
        this.build = build;
    }

    Manifest manifest(Run run, List<RenderedFile> files, Report report, Instant now) {
        return new Manifest(
                Manifest.VERSION,
                run.key().export(),
                run.key().revision(),
                run.id(),
                Manifest.Period.of(run.key().period()),
                source(),
                Manifest.Totals.of(report.total(), contents.problemCount(run), charges(report.charges())),
                listingSha256(run),
                new Manifest.Collected(contents.firstRead(run), contents.lastRead(run)),
                run.renderedFrom(),
                report.warnings(),
                Settings.of(properties, fingerprints(run)),
                null,
                report.amendments().map(Manifests::amends).orElse(null),
                files.stream().map(file -> file(file, report)).toList(),
                new Manifest.Tool(String.valueOf(build.getArtifact()), String.valueOf(build.getVersion())),
                now);
    }

    /** Returns the fingerprints of the lists that the run was rated with. The files may have changed since. */
    private Map<Path, String> fingerprints(Run run) {
        return tariffs.of(run.key().period()).map(Tariff::fingerprints).orElse(Map.of());
    }

    private static Manifest.File file(RenderedFile file, Report report) {
        List<String> columns = report.columns(file.name());
        return new Manifest.File(
                file.name(),
                columns.isEmpty() ? null : file.name().replaceFirst("\\..*", ""),
                file.bytes(),
                file.sha256(),
                file.rows(),
                columns.isEmpty() ? null : columns);
    }

    private static List<Manifest.Charge> charges(SortedMap<String, BigDecimal> charges) {
        return charges.entrySet().stream()
                .map(charge -> new Manifest.Charge(charge.getKey(), charge.getValue()))
                .toList();
    }

    /** Returns the source with its port, which a scope on this machine leaves out. */
    private Manifest.Source source() {
        Manifest.Source source = Manifest.Source.of(scope);
        return new Manifest.Source(properties.source().baseUrl(), source.appTypes(), source.filter());
    }

    private static Manifest.Amends amends(Amendments amendments) {
        if (!(amendments instanceof Amendments.Known known)) {
            return new Manifest.Amends(amendments.revision(), null, null, null, List.of());
        }
        return new Manifest.Amends(
                known.revision(),
                known.count(Amendment.Change.ADDED),
                known.count(Amendment.Change.REMOVED),
                known.count(Amendment.Change.CHANGED),
                known.charges().total().stream()
                        .map(total -> new Manifest.AmendedCharge(total.currency(), total.before(), total.after()))
                        .toList());
    }

    private String listingSha256(Run run) {
        MessageDigest digest = Sha256.digest();
        contents.sessionIds(run)
                .map(id -> NOT_KEPT.matcher(id).replaceAll("\uFFFD"))
                .sorted()
                .forEach(id -> digest.update((id + "\n").getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(digest.digest());
    }
}
