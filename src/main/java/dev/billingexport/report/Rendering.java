package dev.billingexport.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Creates the files that one pass over the sessions writes together. */
record Rendering(List<String> names, Content content) {

    /** Writes the files and returns the number of rows of each. */
    interface Content {
        List<Long> write(List<PartFile> files) throws IOException;
    }

    /** Writes one file and returns its number of rows. */
    interface OneContent {
        long write(PartFile file) throws IOException;
    }

    static Rendering of(String name, OneContent content) {
        return new Rendering(List.of(name), files -> List.of(content.write(files.get(0))));
    }

    /** Creates the files in a folder: all of them, or none if writing fails. */
    List<RenderedFile> into(Path folder) throws IOException {
        List<PartFile> files = new ArrayList<>();
        try {
            for (String name : names) {
                files.add(new PartFile(folder, name));
            }
            List<Long> rows = content.write(files);
            List<RenderedFile> rendered = new ArrayList<>();
            for (int i = 0; i < rows.size(); i++) {
                rendered.add(files.get(i).finish(rows.get(i)));
            }
            return rendered;
        } catch (IOException e) {
            throw new IOException(
                    "Could not write " + String.join(", ", names) + " into " + folder + ": " + e.getMessage()
                            + ". What was collected is kept, and no incomplete file was left:"
                            + " check the folder (free space, permissions), then resume.",
                    e);
        } finally {
            for (PartFile file : files) {
                file.close();
            }
        }
    }
}
