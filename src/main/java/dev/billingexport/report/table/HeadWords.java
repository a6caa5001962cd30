package dev.billingexport.report.table;

import dev.billingexport.session.Filter;
import dev.billingexport.session.Share;
import java.util.stream.Collectors;

/** Texts that describe a report's content, for every format. */
public record HeadWords(ReportHead head, Wording wording) {

    /** Longest part of a value that the title shows. */
    private static final int TITLE = 60;

    /** Returns the title: the period and, for a split, its value. */
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

    /** Returns the billed applications. */
    public String applications() {
        return head.appTypes().stream().map(wording::name).collect(Collectors.joining(", "));
    }

    /** Returns the filter of the sessions. */
    public String filter() {
        Filter filter = head.filter();
        return filter == null
                ? wording.text("summary.filter-none")
                : wording.text("column." + filter.by().code()) + " = " + filter.description();
    }
}
