package dev.billingexport.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.billingexport.testing.DeliveredFolder;
import dev.billingexport.testing.FolderContents;
import dev.billingexport.testing.SigningKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** Signatures and the chain of an export: three months, of which the first is not signed and the last with another key. */
class SignedDeliveryTest {

    @TempDir
    static Path delivered;

    private static SigningKeys first;
    private static SigningKeys second;

    @TempDir
    Path folder;

    private Path export;

    @BeforeAll
    static void deliver() {
        first = SigningKeys.in(delivered, "first");
        second = SigningKeys.in(delivered, "second");
        run("2026-08", null);
        run("2026-09", first);
        run("2026-10", second);
    }

    private static void run(String month, SigningKeys keys) {
        Terminal terminal = new Terminal(delivered);
        if (keys != null) {
            terminal.set("export.delivery.signing-key", keys.privateKey().toString());
        }
        Terminal.Screen screen = terminal.type("run", "--sample", "--month=" + month);
        assertThat(screen.exitCode()).as("%s", screen).isZero();
    }

    @BeforeEach
    void copy() throws IOException {
        Path out = delivered.resolve("out");
        try (Stream<Path> exports = Files.list(out)) {
            export = folder.resolve("export");
            FileSystemUtils.copyRecursively(exports.findFirst().orElseThrow(), export);
        }
    }

    @Test
    void theChainSaysWhichKeyHoldsFromWhereOn() throws IOException {
        Path both = Files.writeString(
                folder.resolve("keys.pem"), Files.readString(first.publicKey()) + Files.readString(second.publicKey()));

        for (List<String> keys : List.of(
                List.of("--public-key", both.toString()),
                List.of("--public-key=" + first.publicKey(), "--public-key=" + second.publicKey()))) {
            Terminal.Screen screen = verify(export, keys);

            assertThat(screen.exitCode()).as("%s", screen).isZero();
            assertThat(screen.out())
                    .containsSubsequence(
                            "2026-08 r1: not signed",
                            "Verified: all of the 3 deliveries are as their manifests say, and none was changed, removed or"
                                    + " inserted.")
                    .anyMatch(line -> line.matches("2026-09 r1: signed with the key [0-9a-f]{16}"))
                    .anyMatch(line -> line.matches("2026-10 r1: signed with the key [0-9a-f]{16}"));
        }
    }

    @Test
    void aSignatureWithoutAKeyIsTold() {
        assertThat(verify(export, List.of()).out())
                .contains("There are signatures. Give --public-key to check them.")
                .last()
                .asString()
                .startsWith("Verified: ");
        Terminal.Screen one = verify(export.resolve("2026-09"), List.of());
        assertThat(one.out())
                .contains("It is signed. Give --public-key to check the signature.")
                .last()
                .isEqualTo("Verified: everything is as the manifest says.");
    }

    @Test
    void aDeliveryIsSignedWithTheKeyThatIsGivenOrItDiffers() {
        List<String> key = List.of("--public-key", first.publicKey().toString());

        assertThat(verify(export.resolve("2026-09"), key).exitCode()).isZero();
        Terminal.Screen unsigned = verify(export.resolve("2026-08"), key);
        assertThat(unsigned.exitCode()).isEqualTo(6);
        assertThat(unsigned.out()).contains("manifest.json: it is not signed");
        Terminal.Screen otherKey = verify(export.resolve("2026-10/r1"), key);
        assertThat(otherKey.exitCode()).isEqualTo(6);
        assertThat(otherKey.out()).contains("manifest.json.sig: it is wrong, or was made with none of the given keys");
    }

    @Test
    void whoRecomputesEverythingIsFoundByTheSignature() {
        new DeliveredFolder(export.resolve("2026-10"))
                .replace("r1/sessions.csv", "Priya", "Pryia")
                .sign();

        assertThat(verify(export.resolve("2026-10"), List.of()).exitCode()).isZero();
        assertThat(verify(export.resolve("2026-10"), List.of("--public-key=" + second.publicKey()))
                        .out())
                .contains("manifest.json.sig: it is wrong, or was made with none of the given keys");
    }

    @Test
    void aMonthThatWasRewrittenRemovedOrSlippedInIsNamed() throws IOException {
        new DeliveredFolder(export.resolve("2026-09"))
                .replace("r1/report.html", "<html", "<HTML")
                .sign();
        assertThat(chain()).anyMatch(line -> line.startsWith("2026-09 r1: it was rewritten: 2026-10 r1 names another"));

        FileSystemUtils.deleteRecursively(export.resolve("2026-09"));
        assertThat(chain())
                .contains("2026-09 r1: it is missing or can't be read: 2026-10 r1 names it as the delivery before it");

        FileSystemUtils.deleteRecursively(export);
        copy();
        FileSystemUtils.copyRecursively(export.resolve("2026-09"), export.resolve("2026-07"));
        Files.deleteIfExists(export.resolve("2026-07/manifest.json.sig"));
        Files.deleteIfExists(export.resolve("2026-07/r1/manifest.json.sig"));
        new DeliveredFolder(export.resolve("2026-07"))
                .manifests("2026-09\"", "2026-07\"")
                .manifests("2026-10-01", "2026-08-01")
                .manifests("2026-09-01", "2026-07-01");
        assertThat(chain()).anyMatch(line -> line.contains("2026-07 r1") && line.contains(": one was inserted, or"));
    }

    @Test
    void openSslAgrees() throws Exception {
        Path openssl = Path.of("/usr/bin/openssl");
        assumeTrue(Files.isExecutable(openssl), "openssl is not installed");
        Path revision = export.resolve("2026-10/r1");

        assertThat(openssl(second, revision)).isZero();
        assertThat(openssl(first, revision)).isNotZero();
    }

    private static int openssl(SigningKeys keys, Path revision) throws Exception {
        return new ProcessBuilder(
                        "openssl",
                        "pkeyutl",
                        "-verify",
                        "-pubin",
                        "-inkey",
                        keys.publicKey().toString(),
                        "-rawin",
                        "-in",
                        revision.resolve("manifest.json").toString(),
                        "-sigfile",
                        revision.resolve("manifest.json.sig").toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    @Test
    void keysThatCantBeUsedAreRefusedBeforeAnythingStarts() throws IOException {
        Path readable = Files.copy(first.privateKey(), folder.resolve("readable.pem"));
        Files.setPosixFilePermissions(readable, PosixFilePermissions.fromString("rw-r--r--"));

        assertRefused(readable.toString(), "can be read or changed by others: chmod 600 ");
        assertRefused(SigningKeys.in(folder, "rsa", "RSA").privateKey().toString(), "holds no Ed25519 private key");
        assertRefused(folder.resolve("nowhere.pem").toString(), "can't be read");
        for (String file :
                List.of(first.privateKey().toString(), folder.resolve("nowhere").toString())) {
            Terminal.Screen screen = verify(export, List.of("--public-key", file));
            assertThat(screen.exitCode()).isEqualTo(2);
            assertThat(screen.err()).singleElement().asString().contains(file);
        }
    }

    private void assertRefused(String key, String why) {
        Terminal.Screen screen =
                new Terminal(folder).set("export.delivery.signing-key", key).type("run", "--sample");
        assertThat(screen.exitCode()).isEqualTo(2);
        assertThat(screen.err()).anyMatch(line -> line.contains("export.delivery.signing-key") && line.contains(why));
        assertThat(folder.resolve("data")).doesNotExist();
    }

    /** A period that is delivered again without a key must not keep the signature of the revision before. */
    @Test
    void theUpperSignatureGoesWithTheRevision(@TempDir Path place) throws IOException {
        for (Path each : List.of(delivered.resolve("out"), delivered.resolve("data"))) {
            FileSystemUtils.copyRecursively(each, place.resolve(each.getFileName()));
        }
        Terminal.Screen screen = new Terminal(place).type("run", "--sample", "--month=2026-10", "--rerun");
        assertThat(screen.exitCode()).as("%s", screen).isZero();

        List<String> names = new ArrayList<>(FolderContents.names(place.resolve("out")));
        assertThat(names)
                .filteredOn(name -> name.endsWith("2026-10/r1/manifest.json.sig"))
                .hasSize(1);
        assertThat(names).noneMatch(name -> name.endsWith("2026-10/manifest.json.sig"));
    }

    private List<String> chain() {
        Terminal.Screen screen = verify(export, List.of());
        assertThat(screen.exitCode()).isEqualTo(6);
        return screen.out();
    }

    private Terminal.Screen verify(Path place, List<String> options) {
        List<String> arguments = new ArrayList<>(List.of("verify", place.toString()));
        arguments.addAll(options);
        return new Terminal(folder).type(arguments.toArray(String[]::new));
    }
}
