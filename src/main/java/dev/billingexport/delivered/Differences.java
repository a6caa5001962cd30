package dev.billingexport.delivered;

import java.util.ArrayList;
import java.util.List;

/** Collects the differences found in one file. After some differences in rows and cells, only their number. */
final class Differences {

    /** Limit of differences of one kind that are shown. */
    private static final int SHOWN = 10;

    private final String file;
    private final List<String> found = new ArrayList<>();
    private long count;

    Differences(String file) {
        this.file = file;
    }

    void add(String what) {
        found.add(file + ": " + what);
    }

    /** Adds a difference in a row or a cell. There may be a million of them. */
    void addRow(String what) {
        if (count++ < SHOWN) {
            add(what);
        }
    }

    void expect(String what, Object claimed, Object actual) {
        if (!claimed.equals(actual)) {
            add(what + ": the manifest says " + claimed + ", the file " + actual);
        }
    }

    List<String> list() {
        List<String> list = new ArrayList<>(found);
        if (count > SHOWN) {
            list.add(file + ": and " + (count - SHOWN) + " more rows or cells");
        }
        return list;
    }
}
