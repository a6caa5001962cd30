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
 * The key that manifests are signed with: {@code export.delivery.signing-key}, a PEM file with an Ed25519 private key. The
 * same key and the same bytes give the same signature. Thread-safe.
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
     * @param typed the file, as users type it
     * @throws IllegalArgumentException with one line that names the property and says what to do
     */
    public static SigningKey of(String typed) {
        try {
            Path file = Path.of(typed);
            requireOwn(file);
            if (Files.size(file) > MAX_BYTES) {
                throw refused(typed, "is no key: it is too large.");
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

    /** A group may read it where the file is not the user's own: that is how secrets are mounted. */
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

    /** The signature of some bytes, 64 bytes long. */
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

    /** The file; nothing of the key. */
    @Override
    public String toString() {
        return file.toString();
    }
}
