package dev.billingexport.job;

import dev.billingexport.ledger.DataDirectory;
import dev.billingexport.ledger.Run;
import java.io.IOException;
import java.nio.file.Path;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/** Where a run's files are rendered to, until they are delivered; what is in it is made anew at every launch. Thread-safe. */
@Component
public class WorkFolder {

    private final DataDirectory dataDirectory;

    WorkFolder(DataDirectory dataDirectory) {
        this.dataDirectory = dataDirectory;
    }

    /** The run's folder, created if need be. */
    Path of(Run run) throws IOException {
        return dataDirectory.work("run-" + run.id());
    }

    /**
     * Deletes the run's folder with all that is in it, where there is one.
     *
     * @throws IOException if it can't be deleted
     */
    public void sweep(Run run) throws IOException {
        FileSystemUtils.deleteRecursively(of(run));
    }
}
