package dev.billingexport.delivered;

import dev.billingexport.delivery.DeliveredRevision;
import dev.billingexport.delivery.Manifest;
import dev.billingexport.delivery.PublicKeys;
import dev.billingexport.delivery.SignedManifest;
import dev.billingexport.report.table.Amendment;
import dev.billingexport.session.Usage;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * Whether a delivered revision still is what its manifest says, and whether its files add up. Works on nothing but the
 * delivery, and without a database.
 *
 * @param differences in words, each with its file; empty where there are none
 */
public record Verification(List<String> differences) {

    /**
     * Reads the whole delivery; a million rows need no more than 256 MB of heap.
     *
     * @throws IOException where files can't be copied from a bucket to this machine's temporary folder, or read
     */
    public static Verification of(DeliveredRevision delivered) throws IOException {
        List<String> differences = new ArrayList<>(delivered.differences());
        Path scratch = Files.createTempDirectory("billing-export-verify-");
        try {
            Map<String, Path> files = delivered.fetch(scratch, differences);
            if (delivered.manifest().isPresent()) {
                Manifest manifest = delivered.manifest().get();
                differences.addAll(new DeliveredReport(files, scratch).differences(claims(manifest)));
            }
        } finally {
            FileSystemUtils.deleteRecursively(scratch);
        }
        return new Verification(List.copyOf(differences));
    }

    /**
     * What is wrong with a delivery's signature, in words; empty where it was signed with one of the keys, or where there
     * are neither keys nor a signature.
     *
     * @param keys those that may have signed
     */
    public static Optional<String> signature(DeliveredRevision delivered, PublicKeys keys) {
        SignedManifest signed = delivered.signedManifest().orElse(null);
        if (keys.isEmpty() || signed == null || keys.signer(signed).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(
                signed.isSigned()
                        ? Manifest.SIGNATURE + ": it is wrong, or of none of the keys that were given"
                        : Manifest.NAME + ": it is not signed");
    }

    /** Null where nothing is said of changes. */
    private static @Nullable SortedMap<Amendment.Change, Long> changes(Manifest manifest) {
        Manifest.Amends amends = manifest.amends();
        if (amends == null || amends.added() == null || amends.removed() == null || amends.changed() == null) {
            return null;
        }
        return new TreeMap<>(Map.of(
                Amendment.Change.ADDED, amends.added(),
                Amendment.Change.REMOVED, amends.removed(),
                Amendment.Change.CHANGED, amends.changed()));
    }

    /** Null where nothing is said of charges. */
    private static @Nullable SortedMap<String, BigDecimal> charges(Manifest manifest) {
        if (manifest.manifestVersion() == 1) {
            return null;
        }
        SortedMap<String, BigDecimal> charges = new TreeMap<>();
        manifest.totals()
                .charges()
                .forEach(charge -> charges.merge(charge.currency(), charge.amount(), BigDecimal::add));
        return charges;
    }

    private static DeliveredReport.Claims claims(Manifest manifest) {
        Manifest.Totals totals = manifest.totals();
        return new DeliveredReport.Claims(
                manifest.period().billed(),
                new Usage(
                        totals.sessions(),
                        totals.sessionMinutes(),
                        totals.callDetails(),
                        totals.callDetailMinutes(),
                        totals.recordings(),
                        totals.recordedSeconds(),
                        totals.recordedBytes()),
                totals.problems(),
                manifest.listingSha256(),
                changes(manifest),
                charges(manifest),
                CsvLayout.of(manifest.settings()),
                manifest.files().stream().collect(Collectors.toMap(Manifest.File::name, Manifest.File::rows)),
                manifest.files().stream()
                        .filter(file -> file.columns() != null)
                        .collect(
                                Collectors.toMap(Manifest.File::name, file -> Objects.requireNonNull(file.columns()))));
    }
}
