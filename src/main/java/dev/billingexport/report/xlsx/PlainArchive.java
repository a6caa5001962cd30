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
 * A zip archive that every reader takes, also one that reads it as a stream: the size of an entry stands before its data, and
 * Zip64 is used for entries of 4 GiB and more only. That needs a file in which the writer can go back, so the archive is
 * written into a temporary one first. The same entries give the same bytes at any time.
 */
final class PlainArchive extends ZipArchiveOutputStream {

    /** Larger than any entry of a plain archive by what a sheet has besides its rows. */
    static final long MAX_PLAIN = (1L << 32) - (1L << 24);

    /** Zip counts from 1980 in local time; a month more is in no zone before that. */
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
     * Begins one.
     *
     * @param out gets all of it once it is finished
     * @param isLarge tells by its name whether an entry may take 4 GiB or more
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
