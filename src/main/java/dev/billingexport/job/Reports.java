package dev.billingexport.job;

import dev.billingexport.ledger.LedgerContents;
import dev.billingexport.ledger.ListedValues;
import dev.billingexport.ledger.MaskKey;
import dev.billingexport.ledger.Run;
import dev.billingexport.report.Report;
import dev.billingexport.report.rating.Tariff;
import dev.billingexport.report.table.Mask;
import dev.billingexport.report.table.ReportData;
import dev.billingexport.report.table.ReportHead;
import dev.billingexport.session.Filter;
import dev.billingexport.session.Problem;
import dev.billingexport.session.SessionDetails;
import dev.billingexport.session.SessionUsage;
import dev.billingexport.session.Split;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.stereotype.Component;

/**
 * Creates a run's report from the ledger. Each launch creates it before the render step: this fetches the earlier
 * delivery, which must not happen in a partitioner.
 */
@Component
class Reports implements StepExecutionListener {

    private final ExportProperties properties;
    private final Tariffs tariffs;
    private final LedgerContents contents;
    private final ListedValues listedValues;
    private final MaskKey maskKey;
    private final WorkFolder workFolder;
    private final EarlierRevision earlierRevision;
    private final CurrentStep step;
    private volatile @Nullable Report report;

    Reports(
            ExportProperties properties,
            Tariffs tariffs,
            LedgerContents contents,
            ListedValues listedValues,
            MaskKey maskKey,
            WorkFolder workFolder,
            EarlierRevision earlierRevision,
            CurrentStep step) {
        this.properties = properties;
        this.tariffs = tariffs;
        this.contents = contents;
        this.listedValues = listedValues;
        this.maskKey = maskKey;
        this.workFolder = workFolder;
        this.earlierRevision = earlierRevision;
        this.step = step;
    }

    /** Creates the launch's report from the present ledger, compared with the earlier delivery. */
    @Override
    public void beforeStep(StepExecution execution) {
        Run run = step.run();
        try {
            report = earlierRevision.amend(create(run), run, workFolder.of(run));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The comparison with the earlier revision failed: " + e.getMessage()
                            + ". What was collected is kept. Check the disk, then resume.",
                    e);
        }
    }

    /** Returns the report that was created last. All files share it, so that common sums are computed once. */
    Report begun() {
        return Objects.requireNonNull(report, "the report is begun before the step that renders it");
    }

    private Report create(Run run) {
        ReportHead head = new ReportHead(
                        run.key().export(),
                        run.key().period(),
                        new TreeSet<>(properties.source().appTypes()),
                        properties.source().wanted(),
                        run.key().revision())
                .listing(listedValues.of(run));
        Tariff tariff = tariffs.of(run.key().period()).orElse(null);
        // Checked before the long rendering, because the users are only known now.
        tariffs.requireCustomers(run);
        return new Report(head, data(run), properties.report(), tariff);
    }

    /** Returns the run's data. All reports read the ledger through this method. */
    private ReportData data(Run run) {
        Mask mask = new Mask(properties.report().mask(), maskKey.secret());
        return mask.of(new Contents(contents, run, null));
    }

    /** @param split the split; null for all sessions */
    private record Contents(
            LedgerContents ledger, Run run, @Nullable Split split) implements ReportData {

        @Override
        public Stream<SessionUsage> sessions() {
            return ledger.sessions(run, split);
        }

        @Override
        public Stream<SessionDetails> details() {
            return ledger.details(run, split);
        }

        @Override
        public Stream<Problem> problems() {
            return ledger.problems(run, split);
        }

        @Override
        public List<Split> splits(Filter.Field by) {
            ledger.indexSplits(by);
            return ledger.splits(run, by);
        }

        @Override
        public ReportData of(Split part) {
            return new Contents(ledger, run, part);
        }
    }
}
