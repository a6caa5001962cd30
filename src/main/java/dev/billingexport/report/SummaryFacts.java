package dev.billingexport.report;

import dev.billingexport.session.Filter;
import dev.billingexport.session.Share;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the report is: nothing that differs between two runs over the same data. */
record SummaryFacts(SummarySheet sheet, SummaryStyles styles, ReportHead head, Wording wording) {

    /** Of a value that may be long, what the title shows. */
    private static final int TITLE = 60;

    /** Writes from that row on and returns the row after the last. */
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
        fact(next++, "applications").text(applications(head, wording), styles.plain.text);
        fact(next++, "filter").text(filter(head, wording), styles.plain.text);
        SheetRow revision = fact(next++, "revision");
        revision.text(String.valueOf(head.revision()), styles.plain.text);
        if (amendments != null) {
            revision.text(amendments.sentence(wording), styles.plain.label);
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

    static String title(ReportHead head, Wording wording) {
        String title = wording.text("summary.title", head.period().label());
        Share share = head.share();
        if (share == null) {
            return title;
        }
        String key = "share." + share.by().code();
        return title + ": "
                + (share.isOfNone()
                        ? wording.text(key + ".none")
                        : wording.text(key, UserUsage.shortened(share.value(), TITLE)));
    }

    static String applications(ReportHead head, Wording wording) {
        return head.appTypes().stream().map(wording::name).collect(Collectors.joining(", "));
    }

    static String filter(ReportHead head, Wording wording) {
        Filter filter = head.filter();
        return filter == null
                ? wording.text("summary.filter-none")
                : wording.text("column." + filter.by().code()) + " = " + filter.description();
    }
}
