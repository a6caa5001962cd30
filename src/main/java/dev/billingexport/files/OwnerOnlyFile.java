package dev.billingexport.files;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * A file of H2's that only its owner can read. H2 itself creates files, including the copy when it compacts a database,
 * with the permissions that the umask allows.
 */
public final class OwnerOnlyFile extends FilePathWrapper {

    private static final String SCHEME = "owner";

    static {
        FilePath.register(new OwnerOnlyFile());
    }

    /** Returns the path to give to H2, so that it opens a file in this way. */
    public static String name(Path file) {
        return SCHEME + ":" + file.toAbsolutePath();
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public boolean createFile() {
        boolean created = !exists();
        make();
        return created;
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        if (!mode.equals("r")) {
            make();
        }
        return super.open(mode);
    }

    @Override
    public OutputStream newOutputStream(boolean append) throws IOException {
        make();
        return super.newOutputStream(append);
    }

    private void make() {
        try {
            OwnerOnly.open(Path.of(getBase().toString()), Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE))
                    .close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
