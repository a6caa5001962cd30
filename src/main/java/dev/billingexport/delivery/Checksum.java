package dev.billingexport.delivery;

import dev.billingexport.files.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * The size and SHA-256 of a file.
 *
 * @param sha256 lower-case hexadecimal
 */
record Checksum(long bytes, String sha256) {

    static Checksum of(Path file) throws IOException {
        return ofCopy(file, OutputStream.nullOutputStream());
    }

    static Checksum of(byte[] content) {
        Sum sum = new Sum();
        sum.add(content, content.length);
        return sum.result();
    }

    /** Returns what the manifest states. */
    static Checksum of(Manifest.File file) {
        return new Checksum(file.bytes(), file.sha256());
    }

    /** Returns the checksum of the rest of a stream. */
    static Checksum of(InputStream content) throws IOException {
        return ofCopy(content, OutputStream.nullOutputStream());
    }

    /** Copies a file and returns the checksum of what was copied. */
    static Checksum ofCopy(Path file, OutputStream target) throws IOException {
        try (InputStream source = Files.newInputStream(file)) {
            return ofCopy(source, target);
        }
    }

    private static Checksum ofCopy(InputStream source, OutputStream target) throws IOException {
        Sum sum = new Sum();
        sum.bytes = new DigestInputStream(source, sum.digest).transferTo(target);
        return sum.result();
    }

    boolean isOf(Manifest.File file) {
        return equals(of(file));
    }

    /**
     * Compares a rendered file's checksum with the expected one.
     *
     * @throws DeliveryException if they differ
     */
    void require(Checksum expected, Path rendered) {
        if (!equals(expected)) {
            throw new DeliveryException("The rendered file " + rendered + " was changed after it was checked: it has "
                    + bytes
                    + " bytes and SHA-256 " + sha256 + " instead of " + expected.bytes + " and " + expected.sha256
                    + ". Nothing of this revision was delivered, and what was collected is kept. Check the disk, then"
                    + " resume.");
        }
    }

    /** Computes a checksum. */
    static final class Sum {

        private final MessageDigest digest = Sha256.digest();
        private long bytes;

        void add(byte[] content, int length) {
            digest.update(content, 0, length);
            bytes += length;
        }

        /** Returns the checksum. May be called once. */
        Checksum result() {
            return new Checksum(bytes, HexFormat.of().formatHex(digest.digest()));
        }
    }
}
