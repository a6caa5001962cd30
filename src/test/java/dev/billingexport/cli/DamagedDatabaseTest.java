package dev.billingexport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.ledger.DataDirectory;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A database file that is no longer one: every command says so, and none touches it. */
class DamagedDatabaseTest {

    @TempDir
    private Path folder;

    private Terminal terminal;
    private Path file;

    @BeforeEach
    void deliverTheSample() {
        terminal = new Terminal(folder);
        file = Path.of(DataDirectory.database(folder.resolve("data/sample")) + ".mv.db");
    }

    /** Further on there may be nothing but space that was given up. */
    @ParameterizedTest
    @ValueSource(ints = {0, 5_000, 8_192, 12_288, 24_576, 40_960})
    void whatWasCutShortIsRefusedAndLeftAsItIs(int length) throws IOException {
        assertThat(terminal.type("run", "--sample", "--format=csv").exitCode()).isZero();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(length);
        }

        assertThatItIsRefused("run", "--sample");
        assertThatItIsRefused("runs");
    }

    /** The header alone is whole, or only what was written first. */
    @ParameterizedTest
    @ValueSource(ints = {8_192, 16_384, 32_768})
    void whatWasOverwrittenIsRefusedAndLeftAsItIs(int from) throws IOException {
        assertThat(terminal.type("run", "--sample", "--format=csv").exitCode()).isZero();
        byte[] content = Files.readAllBytes(file);
        Arrays.fill(content, from, content.length, (byte) 0);
        Files.write(file, content);

        assertThatItIsRefused("run", "--sample");
        assertThatItIsRefused("runs");
    }

    @Test
    void garbageIsRefusedAndLeftAsItIs() throws IOException {
        byte[] garbage = new byte[100_000];
        new Random(1).nextBytes(garbage);
        Files.createDirectories(file.getParent());
        Files.write(file, garbage);

        assertThatItIsRefused("run", "--sample");
    }

    @Test
    void movedAwayItIsMadeAnew() throws IOException {
        Files.createDirectories(file.getParent());
        Files.createFile(file);
        assertThatItIsRefused("run", "--sample");

        Files.delete(file);

        assertThat(terminal.type("run", "--sample", "--format=csv").exitCode()).isZero();
        assertThat(file.resolveSibling("billing-export.new.mv.db")).doesNotExist();
    }

    private void assertThatItIsRefused(String... command) throws IOException {
        byte[] before = Files.readAllBytes(file);

        Terminal.Screen screen = terminal.type(command);

        assertThat(screen.exitCode()).as("%s", screen).isIn(ExitCode.FAILED, ExitCode.USAGE);
        assertThat(screen.err())
                .singleElement()
                .asString()
                .startsWith("The database " + file + " can't be opened: ")
                .doesNotContain("null")
                .contains("was not replaced", "restore a backup, or move it away");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }
}
