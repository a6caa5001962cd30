package dev.billingexport.bench;

import java.util.ArrayList;
import java.util.List;

/** A table for the README. The first column holds names, the others figures. */
public final class MarkdownTable {

    private final List<String> lines = new ArrayList<>();
    private final int columns;

    public MarkdownTable(String... headings) {
        columns = headings.length;
        row(headings);
        lines.add("| --- |" + " ---: |".repeat(columns - 1));
    }

    public void row(String... cells) {
        if (cells.length != columns) {
            throw new IllegalArgumentException(columns + " cells are needed, not " + List.of(cells));
        }
        lines.add("| " + String.join(" | ", cells) + " |");
    }

    @Override
    public String toString() {
        return String.join("\n", lines) + "\n";
    }
}
