package dev.billingexport.delivery;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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

    /** Copies the file and says what went through. */
    static Checksum ofCopy(Path file, OutputStream target) throws IOException {
        MessageDigest digest = sha256Digest();
        try (InputStream source = new DigestInputStream(Files.newInputStream(file), digest)) {
            long bytes = source.transferTo(target);
            return new Checksum(bytes, HexFormat.of().formatHex(digest.digest()));
        }
    }

    boolean isOf(Manifest.File file) {
        return bytes == file.bytes() && sha256.equals(file.sha256());
    }

    private static MessageDigest sha256Digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
