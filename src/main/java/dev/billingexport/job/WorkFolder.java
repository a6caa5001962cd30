package dev.billingexport.job;

import dev.billingexport.ledger.DataDirectory;
import dev.billingexport.ledger.Run;
import java.io.IOException;
import java.nio.file.Path;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/**
 * The folder where a run's files are rendered until they are delivered. Every launch renders its content again.
 * Thread-safe.
 */
@Component
public class WorkFolder {

    private final DataDirectory dataDirectory;

    WorkFolder(DataDirectory dataDirectory) {
        this.dataDirectory = dataDirectory;
    }

    /** Returns the run's folder, created if needed. */
    Path of(Run run) throws IOException {
        return dataDirectory.work("run-" + run.id());
    }

    /**
     * Deletes the run's folder with its content, if it exists.
     *
     * @throws IOException if it can't be deleted
     */
    public void sweep(Run run) throws IOException {
        FileSystemUtils.deleteRecursively(of(run));
    }
}
