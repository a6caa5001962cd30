package dev.billingexport.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;

/** A pair of keys in PEM files, as {@code openssl genpkey} and {@code openssl pkey -pubout} write them. */
public record SigningKeys(Path privateKey, Path publicKey) {

    public static SigningKeys in(Path folder, String name) {
        return in(folder, name, "Ed25519");
    }

    public static SigningKeys in(Path folder, String name, String algorithm) {
        try {
            KeyPair pair = KeyPairGenerator.getInstance(algorithm).generateKeyPair();
            Path secret = write(folder.resolve(name + ".pem"), "PRIVATE KEY", pair.getPrivate());
            Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
            return new SigningKeys(secret, write(folder.resolve(name + ".pub.pem"), "PUBLIC KEY", pair.getPublic()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path write(Path file, String kind, Key key) throws IOException {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
        return Files.writeString(file, "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n");
    }
}
