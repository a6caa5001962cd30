package dev.billingexport.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A report's files, as tests ask for them. */
public final class Rendered {

    private Rendered() {}

    public static List<String> names(Report report) {
        return report.passes().stream().flatMap(List::stream).toList();
    }

    /** Writes it, and what else its pass makes. */
    public static RenderedFile file(Report report, String name, Path folder) throws IOException {
        return report.render(name, folder).stream()
                .filter(file -> file.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    public static List<RenderedFile> all(Report report, Path folder) throws IOException {
        List<RenderedFile> files = new ArrayList<>();
        for (List<String> pass : report.passes()) {
            files.addAll(report.render(pass.get(0), folder));
        }
        return files;
    }
}
