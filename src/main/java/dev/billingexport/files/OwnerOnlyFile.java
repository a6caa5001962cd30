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
 * A file of H2's, made for its owner alone. Left to itself H2 makes its files, and the one that it rewrites a database
 * to, as wide as the umask has it.
 */
public final class OwnerOnlyFile extends FilePathWrapper {

    private static final String SCHEME = "owner";

    static {
        FilePath.register(new OwnerOnlyFile());
    }

    /** What H2 has to be told to open a file in this way. */
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
