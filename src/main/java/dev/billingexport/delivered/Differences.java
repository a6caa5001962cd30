package dev.billingexport.delivered;

import java.util.ArrayList;
import java.util.List;

/** What is found in one file; of rows and cells, past some, only their number. */
final class Differences {

    /** Who has read ten of one kind knows what happened. */
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

    /** Something about a row or a cell: there may be a million of them. */
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
