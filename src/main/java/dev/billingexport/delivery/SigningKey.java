package dev.billingexport.delivery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.util.EnumSet;
import java.util.Set;
import org.springframework.boot.ssl.pem.PemContent;

/**
 * The key that signs manifests: {@code export.delivery.signing-key}, a PEM file with an Ed25519 private key. Signatures
 * are deterministic. Thread-safe.
 */
public final class SigningKey {

    private static final String PROPERTY = "export.delivery.signing-key";
    private static final long MAX_BYTES = 1 << 16;

    private static final Set<PosixFilePermission> OF_OTHERS = EnumSet.of(
            PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE, PosixFilePermission.GROUP_WRITE);

    private final Path file;
    private final PrivateKey key;

    private SigningKey(Path file, PrivateKey key) {
        this.file = file;
        this.key = key;
    }

    /**
     * Reads a key. Spring Boot binds the property through this method.
     *
     * @param typed the file, as a user types it
     * @throws IllegalArgumentException if the key can't be used; the message is one line that names the property and
     *     says what to do
     */
    public static SigningKey of(String typed) {
        try {
            Path file = Path.of(typed);
            requireOwn(file);
            if (Files.size(file) > MAX_BYTES) {
                throw refused(typed, "is not a key: it is too large.");
            }
            return new SigningKey(file, privateKey(typed, Files.readString(file)));
        } catch (InvalidPathException | IOException e) {
            throw refused(typed, "can't be read: " + DeliveryException.reason(e) + ".");
        }
    }

    private static PrivateKey privateKey(String typed, String pem) {
        PrivateKey key;
        try {
            key = PemContent.of(pem).getPrivateKey();
        } catch (IllegalStateException | IllegalArgumentException e) {
            key = null;
        }
        if (key instanceof EdECPrivateKey edwards
                && edwards.getParams().getName().equals(NamedParameterSpec.ED25519.getName())) {
            return key;
        }
        throw refused(
                typed,
                "holds no Ed25519 private key without a passphrase. Make one by: openssl genpkey -algorithm ed25519 -out "
                        + typed);
    }

    /** The file's group may read it if the file belongs to another user: secrets are mounted like that. */
    private static void requireOwn(Path file) throws IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        boolean own = Files.getOwner(file).getName().equals(System.getProperty("user.name"));
        if (permissions.stream().anyMatch(OF_OTHERS::contains)
                || own && permissions.contains(PosixFilePermission.GROUP_READ)) {
            throw refused(file.toString(), "can be read or changed by others: chmod 600 " + file);
        }
    }

    private static IllegalArgumentException refused(String typed, String why) {
        return new IllegalArgumentException(PROPERTY + ": " + typed + " " + why);
    }

    /** Returns the signature of some bytes: 64 bytes. */
    byte[] sign(byte[] bytes) {
        try {
            Signature signature = Signature.getInstance(NamedParameterSpec.ED25519.getName());
            signature.initSign(key);
            signature.update(bytes);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform signs with Ed25519", e);
        }
    }

    /** Returns the file's name and nothing of the key. */
    @Override
    public String toString() {
        return file.toString();
    }
}
