package dev.billingexport.report.xlsx;

import dev.billingexport.report.table.Amendments;
import dev.billingexport.report.table.HeadWords;
import dev.billingexport.report.table.ReportHead;
import dev.billingexport.report.table.Wording;
import dev.billingexport.session.Share;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The description of the report. Contains nothing that differs between two runs over the same data. */
record SummaryFacts(SummarySheet sheet, SummaryStyles styles, ReportHead head, Wording wording) {

    /** Writes from a row on and returns the row after the last. */
    int write(int first, @Nullable Amendments amendments) {
        int next = first;
        fact(next++, "export").text(head.export(), styles.plain.text);
        Share share = head.share();
        if (share != null && !share.isOfNone()) {
            label(next++, "column." + share.by().code()).text(share.value(), styles.plain.text);
        }
        SheetRow from = fact(next++, "from");
        from.text(wording.day(head.period().from()), styles.plain.text);
        from.text(wording.text("summary.from-note"), styles.plain.label);
        SheetRow to = fact(next++, "to");
        to.text(wording.day(head.period().to()), styles.plain.text);
        to.text(wording.text("summary.to-note"), styles.plain.label);
        SheetRow zone = fact(next++, "zone");
        zone.text(Wording.zone(head.period().zone()), styles.plain.text);
        zone.text(wording.text("summary.zone-note"), styles.plain.label);
        fact(next++, "applications").text(new HeadWords(head, wording).applications(), styles.plain.text);
        fact(next++, "filter").text(new HeadWords(head, wording).filter(), styles.plain.text);
        SheetRow revision = fact(next++, "revision");
        revision.text(String.valueOf(head.revision()), styles.plain.text);
        if (amendments != null) {
            List<String> changes = amendments.sentences(wording);
            revision.text(changes.get(0), styles.plain.label);
            // One row for each sentence, because the charts begin where a sentence ends.
            for (String change : changes.subList(1, changes.size())) {
                sheet.row(next++, 17).skipTo(2).text(change, styles.plain.label);
            }
        }
        return next;
    }

    private SheetRow fact(int row, String key) {
        return label(row, "summary." + key);
    }

    private SheetRow label(int row, String key) {
        SheetRow cells = sheet.row(row, 17);
        cells.text(wording.text(key), styles.plain.label);
        return cells;
    }
}
