package dev.billingexport.delivered;

import dev.billingexport.delivery.DeliveredRevision;
import dev.billingexport.delivery.Manifest;
import dev.billingexport.report.table.Amendments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.util.FileSystemUtils;

/**
 * Compares two delivered revisions by reading the deliveries only. Must be closed, which removes its temporary files.
 */
public final class RevisionComparison implements AutoCloseable {

    private final Path scratch;
    private final Amendments.Known amendments;

    private RevisionComparison(Path scratch, Amendments.Known amendments) {
        this.scratch = scratch;
        this.amendments = amendments;
    }

    /**
     * Reads and compares both. A million sessions need no more than 256 MB of heap.
     *
     * @throws IllegalStateException if one of them differs from what was delivered or can't be compared
     * @throws IOException if files can't be copied to this machine's temporary folder, or read
     */
    public static RevisionComparison of(DeliveredRevision earlier, DeliveredRevision later) throws IOException {
        Path scratch = Files.createTempDirectory("billing-export-compare-");
        try {
            Amendments.Known amendments = tables(earlier, Files.createDirectory(scratch.resolve("earlier")))
                    .changes(
                            manifest(earlier).revision(),
                            tables(later, Files.createDirectory(scratch.resolve("later"))),
                            scratch);
            return new RevisionComparison(scratch, amendments);
        } catch (IOException | RuntimeException e) {
            FileSystemUtils.deleteRecursively(scratch);
            throw e;
        }
    }

    private static DeliveredTables tables(DeliveredRevision revision, Path scratch) {
        Manifest manifest = manifest(revision);
        Set<String> needed = DeliveredTables.needed(
                manifest.files().stream().map(Manifest.File::name).toList());
        List<String> wrong = new ArrayList<>();
        Map<String, Path> files = revision.fetch(scratch, needed::contains, wrong);
        if (!wrong.isEmpty()) {
            throw new IllegalStateException(
                    revision + " is not what was delivered, so it can't be compared: " + String.join("; ", wrong));
        }
        return DeliveredTables.of(files, CsvLayout.of(manifest.settings()))
                .orElseThrow(() -> new IllegalStateException(revision + " has no CSV files, so it can't be compared."));
    }

    private static Manifest manifest(DeliveredRevision revision) {
        return revision.manifest()
                .orElseThrow(() -> new IllegalStateException(
                        revision + " can't be compared: " + String.join("; ", revision.differences())));
    }

    /** Returns the changes. */
    public Amendments.Known amendments() {
        return amendments;
    }

    @Override
    public void close() throws IOException {
        FileSystemUtils.deleteRecursively(scratch);
    }
}
