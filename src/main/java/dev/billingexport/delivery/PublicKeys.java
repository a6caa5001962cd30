package dev.billingexport.delivery;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Public keys that may verify a delivery's signature. Thread-safe. */
public final class PublicKeys {

    private static final String ED25519 = NamedParameterSpec.ED25519.getName();
    private static final int MAX_BYTES = 1 << 20;
    private static final int SHOWN = 16;

    private static final Pattern PEM =
            Pattern.compile("-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]{1,1000})-----END PUBLIC KEY-----");

    private final List<PublicKey> keys;

    private PublicKeys(List<PublicKey> keys) {
        this.keys = keys;
    }

    /**
     * Reads keys from PEM files, each of which may hold several.
     *
     * @throws IllegalArgumentException if a file can't be read, or holds no key or something else
     */
    public static PublicKeys read(List<Path> files) {
        List<PublicKey> keys = new ArrayList<>();
        for (Path file : files) {
            int before = keys.size();
            Matcher pem = PEM.matcher(text(file));
            while (pem.find()) {
                keys.add(key(pem.group(1), file));
            }
            if (keys.size() == before) {
                throw new IllegalArgumentException(
                        file + " holds no public key. Create it from the private key: openssl pkey"
                                + " -in KEY -pubout -out " + file);
            }
        }
        return new PublicKeys(List.copyOf(keys));
    }

    private static String text(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new IllegalArgumentException(file + " is not a file of public keys: it is too large.");
            }
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new IllegalArgumentException("Can't read " + file + ": " + DeliveryException.reason(e) + ".", e);
        }
    }

    private static PublicKey key(String base64, Path file) {
        try {
            byte[] encoded = Base64.getMimeDecoder().decode(base64);
            return KeyFactory.getInstance(ED25519).generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException(file + " holds a public key that is not an Ed25519 one.", e);
        }
    }

    /** Returns whether there are no keys. */
    public boolean isEmpty() {
        return keys.isEmpty();
    }

    /**
     * Returns the key that a manifest was signed with.
     *
     * @return the beginning of the key's SHA-256, which identifies it; empty where the signature fits none of the keys
     */
    public Optional<String> signer(SignedManifest manifest) {
        return keys.stream()
                .filter(key -> isBy(key, manifest))
                .findFirst()
                .map(key -> Checksum.of(key.getEncoded()).sha256().substring(0, SHOWN));
    }

    private static boolean isBy(PublicKey key, SignedManifest manifest) {
        byte[] given = manifest.signature();
        if (given == null) {
            return false;
        }
        try {
            Signature signature = Signature.getInstance(ED25519);
            signature.initVerify(key);
            signature.update(manifest.json());
            return signature.verify(given);
        } catch (GeneralSecurityException malformed) {
            return false;
        }
    }
}
