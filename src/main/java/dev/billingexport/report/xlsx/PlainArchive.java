package dev.billingexport.report.xlsx;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.util.function.Predicate;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.poi.util.TempFile;

/**
 * A zip archive that every reader accepts, even if it reads a stream: sizes stand before the data, and Zip64 is used
 * only for entries of 4 GiB and more. This needs random access, so the archive is first written to a temporary file.
 * Equal entries always give equal bytes.
 */
final class PlainArchive extends ZipArchiveOutputStream {

    /** 4 GiB less a reserve for what a sheet has besides its rows. */
    static final long MAX_PLAIN = (1L << 32) - (1L << 24);

    /** A fixed time. Zip times are local and start in 1980; one month later is valid in every time zone. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private final Predicate<String> isLarge;
    private final Path file;
    private final OutputStream out;

    private PlainArchive(SeekableByteChannel channel, Path file, OutputStream out, Predicate<String> isLarge) {
        super(channel);
        this.file = file;
        this.out = out;
        this.isLarge = isLarge;
    }

    /**
     * Creates an archive.
     *
     * @param out receives the archive when it is finished
     * @param isLarge returns whether the entry of this name may take 4 GiB or more
     */
    static PlainArchive to(OutputStream out, Predicate<String> isLarge) throws IOException {
        Path file = TempFile.createTempFile("archive", ".zip").toPath();
        return new PlainArchive(Files.newByteChannel(file, StandardOpenOption.WRITE), file, out, isLarge);
    }

    @Override
    public void putArchiveEntry(ZipArchiveEntry entry) throws IOException {
        ZipArchiveEntry own = new ZipArchiveEntry(entry.getName());
        own.setTimeLocal(TIME);
        setUseZip64(isLarge.test(own.getName()) ? Zip64Mode.AsNeeded : Zip64Mode.Never);
        super.putArchiveEntry(own);
    }

    @Override
    public void finish() throws IOException {
        setUseZip64(Zip64Mode.AsNeeded);
        super.finish();
        close();
        Files.copy(file, out);
        Files.delete(file);
    }
}
