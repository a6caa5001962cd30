package dev.billingexport.delivered;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * What a compressed file holds, up to a limit: a small file can be made to hold more than anybody has the time to read. Not
 * thread-safe.
 */
final class Inflated extends FilterInputStream {

    /** What any file may hold. */
    private static final long FLOOR = 1L << 30;

    /** A month of much the same rows shrinks to less than the hundredth. */
    private static final long MAX_RATIO = 250;

    private static final int SKIP_BUFFER = 1 << 13;

    private final long limit;
    private long read;

    /** @param compressed the bytes of the file */
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

    /** Reads what is skipped, so that it counts. */
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
