package dev.billingexport.delivered;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The decompressed content of a file, up to a limit, because a small file may expand to any size. Not thread-safe. */
final class Inflated extends FilterInputStream {

    /** Bytes that any file may expand to. */
    private static final long FLOOR = 1L << 30;

    /** A month of similar rows shrinks to less than a hundredth. */
    private static final long MAX_RATIO = 250;

    private static final int SKIP_BUFFER = 1 << 13;

    private final long limit;
    private long read;

    /** @param compressed size of the file in bytes */
    Inflated(InputStream content, long compressed) {
        super(content);
        this.limit = Math.max(FLOOR, Math.multiplyExact(compressed, MAX_RATIO));
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        count(read < 0 ? 0 : 1);
        return read;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        count(Math.max(0, read));
        return read;
    }

    /** Reads the skipped bytes, so that they count. */
    @Override
    public long skip(long bytes) throws IOException {
        byte[] buffer = new byte[(int) Math.min(SKIP_BUFFER, Math.max(0, bytes))];
        return Math.max(0, read(buffer, 0, buffer.length));
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void count(long bytes) throws IOException {
        read += bytes;
        if (read > limit) {
            throw new IOException(
                    "it holds more than " + limit + " bytes, which no export writes into a file of its size");
        }
    }
}
