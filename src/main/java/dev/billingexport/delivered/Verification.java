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
 * The result of checking that a delivered revision is what its manifest says and that its files add up. Needs only the
 * delivery, no database.
 *
 * @param differences as text, each with its file; empty where there are none
 */
public record Verification(List<String> differences) {

    /**
     * Reads and checks the whole delivery. A million rows need no more than 256 MB of heap.
     *
     * @throws IOException if files can't be copied from a bucket to this machine's temporary folder, or read
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
     * Returns what is wrong with a delivery's signature, as text; empty where it was signed with one of the keys, or
     * where there are neither keys nor a signature.
     *
     * @param keys accepted public keys
     */
    public static Optional<String> signature(DeliveredRevision delivered, PublicKeys keys) {
        SignedManifest signed = delivered.signedManifest().orElse(null);
        if (keys.isEmpty() || signed == null || keys.signer(signed).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(
                signed.isSigned()
                        ? Manifest.SIGNATURE + ": it is wrong, or was made with none of the given keys"
                        : Manifest.NAME + ": it is not signed");
    }

    /** Returns null where the manifest states no changes. */
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

    /** Returns null where the manifest states no charges. */
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
