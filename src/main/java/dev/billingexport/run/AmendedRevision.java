package dev.billingexport.run;

import dev.billingexport.delivered.CsvLayout;
import dev.billingexport.delivered.DeliveredTables;
import dev.billingexport.delivered.UnreadableException;
import dev.billingexport.delivery.DeliveredRevision;
import dev.billingexport.delivery.Delivery;
import dev.billingexport.delivery.DeliveryException;
import dev.billingexport.delivery.DeliveryProperties;
import dev.billingexport.delivery.Manifest;
import dev.billingexport.files.OwnerOnly;
import dev.billingexport.job.EarlierRevision;
import dev.billingexport.job.ExportProperties;
import dev.billingexport.ledger.Run;
import dev.billingexport.ledger.RunKey;
import dev.billingexport.report.Report;
import dev.billingexport.report.table.Amendments;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/**
 * Finds the revision that a run amends: the newest delivered revision with a lower number. Reads the delivery itself,
 * because the ledger may have deleted or updated its data since. Revisions never change, so every launch of a run finds
 * the same one.
 */
@Component
public class AmendedRevision implements EarlierRevision {

    private static final Logger LOG = LoggerFactory.getLogger(AmendedRevision.class);

    private static final String LACKING = "it has no CSV files";

    private final Delivery delivery;
    private final DeliveryProperties properties;

    AmendedRevision(Delivery delivery, ExportProperties properties) {
        this.delivery = delivery;
        this.properties = properties.delivery();
    }

    /**
     * Returns a warning to show before the long collection if the changes of this run can't be determined; empty if
     * they can.
     */
    public Optional<String> warning(Run run) {
        if (run.key().revision() == 1) {
            return Optional.empty();
        }
        try {
            Optional<Manifest> amended = find(run.key());
            if (amended.isEmpty()) {
                return Optional.of("There is no earlier revision in "
                        + properties.location().uri() + " to compare this one with.");
            }
            return DeliveredTables.needed(names(amended.get())).isEmpty()
                    ? Optional.of(wontBeTold(amended.get().revision(), LACKING))
                    : Optional.empty();
        } catch (ForeignManifestException foreign) {
            return Optional.of(wontBeTold(foreign.revision, String.valueOf(foreign.getMessage())));
        }
    }

    private static String wontBeTold(int revision, String cause) {
        return "The changes since revision " + revision + " can't be determined: " + cause + ".";
    }

    @Override
    public Report amend(Report report, Run run, Path folder) throws IOException {
        Report amending;
        try {
            Optional<Manifest> amended = find(run.key());
            if (amended.isEmpty()) {
                return report;
            }
            Path scratch = folder.resolve(".amended");
            FileSystemUtils.deleteRecursively(scratch);
            OwnerOnly.createFolder(scratch);
            amending = amend(report, run.key(), amended.get(), scratch);
        } catch (ForeignManifestException foreign) {
            amending = report.amending(new Amendments.Unknown(foreign.revision, String.valueOf(foreign.getMessage())));
        }
        if (amending.amendments().orElseThrow() instanceof Amendments.Unknown unknown) {
            LOG.warn("The changes since revision {} can't be determined: {}.", unknown.revision(), unknown.cause());
        }
        return amending;
    }

    private Report amend(Report report, RunKey key, Manifest amended, Path scratch) throws IOException {
        int revision = amended.revision();
        Set<String> needed = DeliveredTables.needed(names(amended));
        if (needed.isEmpty()) {
            return report.amending(new Amendments.Unknown(revision, LACKING));
        }
        DeliveryProperties place = properties.at(
                properties.location().below(key.export(), key.period().label(), "r" + revision));
        List<String> wrong = new ArrayList<>();
        Map<String, Path> files;
        try (DeliveredRevision delivered = DeliveredRevision.find(place).orElseThrow()) {
            files = delivered.fetch(scratch, needed::contains, wrong);
        }
        if (!wrong.isEmpty()) {
            return report.amending(new Amendments.Unknown(revision, String.join("; ", wrong)));
        }
        DeliveredTables tables =
                DeliveredTables.of(files, CsvLayout.of(amended.settings())).orElseThrow();
        try {
            return report.amending(tables.changes(revision, report.tables(), scratch));
        } catch (UnreadableException unreadable) {
            return report.amending(new Amendments.Unknown(revision, String.valueOf(unreadable.getMessage())));
        }
    }

    private Optional<Manifest> find(RunKey key) {
        return Stream.iterate(key.revision() - 1, revision -> revision > 0, revision -> revision - 1)
                .map(revision -> manifest(key, revision))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<Manifest> manifest(RunKey key, int revision) {
        try {
            return delivery.revision(key.export(), key.period().label(), revision);
        } catch (DeliveryException unreadable) {
            if (unreadable.getCause() instanceof IllegalArgumentException foreign) {
                throw new ForeignManifestException(revision, foreign);
            }
            throw unreadable;
        }
    }

    /** The file in the place of a manifest is not a manifest. */
    private static final class ForeignManifestException extends IllegalStateException {

        private static final long serialVersionUID = 1;

        private final int revision;

        ForeignManifestException(int revision, IllegalArgumentException cause) {
            super("its manifest can't be read", cause);
            this.revision = revision;
        }
    }

    private static List<String> names(Manifest manifest) {
        return manifest.files().stream().map(Manifest.File::name).toList();
    }
}
