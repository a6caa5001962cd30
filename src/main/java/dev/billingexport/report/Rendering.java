package dev.billingexport.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How files are made that are written together: in one pass over the sessions, where there are several. */
record Rendering(List<String> names, Content content) {

    /** Writes all bytes of the files, and returns each one's rows. */
    interface Content {
        List<Long> write(List<PartFile> files) throws IOException;
    }

    /** Writes all bytes of one file, and returns its rows. */
    interface OneContent {
        long write(PartFile file) throws IOException;
    }

    static Rendering of(String name, OneContent content) {
        return new Rendering(List.of(name), files -> List.of(content.write(files.get(0))));
    }

    /** Makes them in a folder: all of them, or none where their content can't be written. */
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
                            + ". What was collected is safe and no half file was left in its place:"
                            + " see to the folder (space, rights), then resume.",
                    e);
        } finally {
            for (PartFile file : files) {
                file.close();
            }
        }
    }
}
