package dev.billingexport.delivery;

import org.jspecify.annotations.Nullable;

/**
 * What lies in a revision's folder of its manifest.
 *
 * @param json the bytes of {@code manifest.json}; not to be changed
 * @param signature those of the file beside it; null where there is none
 */
public record SignedManifest(byte[] json, byte @Nullable [] signature) {

    /** How the next delivery names this one: the SHA-256 of the manifest, lower-case hexadecimal. */
    public String sha256() {
        return Checksum.of(json).sha256();
    }

    /** Whether there is a signature, be it right or wrong. */
    public boolean isSigned() {
        return signature != null;
    }
}
