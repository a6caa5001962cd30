package dev.billingexport.report.table;

import dev.billingexport.session.Filter;
import dev.billingexport.session.Share;
import java.util.stream.Collectors;

/** What a report is about, in words, for every format. */
public record HeadWords(ReportHead head, Wording wording) {

    /** Of a value that may be long, what the title shows. */
    private static final int TITLE = 60;

    /** Names the period, and the share where it is of one. */
    public String title() {
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

    /** Those that are billed. */
    public String applications() {
        return head.appTypes().stream().map(wording::name).collect(Collectors.joining(", "));
    }

    /** What the sessions were narrowed to. */
    public String filter() {
        Filter filter = head.filter();
        return filter == null
                ? wording.text("summary.filter-none")
                : wording.text("column." + filter.by().code()) + " = " + filter.description();
    }
}
