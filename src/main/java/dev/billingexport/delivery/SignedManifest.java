package dev.billingexport.delivery;

import org.jspecify.annotations.Nullable;

/**
 * A manifest as it is stored in a revision's folder, with its signature.
 *
 * @param json the bytes of {@code manifest.json}; must not be modified
 * @param signature content of the signature file; null where there is none
 */
public record SignedManifest(byte[] json, byte @Nullable [] signature) {

    /** Returns how the next delivery names this one: the SHA-256 of the manifest, lower-case hexadecimal. */
    public String sha256() {
        return Checksum.of(json).sha256();
    }

    /** Returns whether there is a signature, valid or not. */
    public boolean isSigned() {
        return signature != null;
    }
}
