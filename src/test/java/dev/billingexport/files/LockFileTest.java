package dev.billingexport.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.billingexport.testing.SecondJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class LockFileTest {

    private static final Instant SINCE = Instant.parse("2026-11-02T04:30:00Z");

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve(".lock");
    }

    @Test
    void oneHolderInAProcessAndItSaysWho() throws IOException {
        try (LockFile held = LockFile.acquire(file, SINCE)) {
            assertThat(held).isNotNull();
            for (Path sameFile : List.of(file, folder.resolve("../" + folder.getFileName() + "/.lock"))) {
                assertThatExceptionOfType(LockFile.HeldException.class)
                        .isThrownBy(() -> LockFile.acquire(sameFile, SINCE))
                        .withMessageStartingWith(
                                "process " + ProcessHandle.current().pid() + " on ")
                        .withMessageEndingWith(" since 2026-11-02T04:30:00Z");
            }
        }
        LockFile.acquire(file, SINCE).close();
    }

    /** Closing a channel of the file would give up the process's lock: what is refused here must open none. */
    @Test
    void whoeverIsRefusedHereDoesNotGiveTheLockUp() throws Exception {
        try (LockFile held = LockFile.acquire(file, SINCE)) {
            assertThat(held).isNotNull();
            assertThatIOException().isThrownBy(() -> LockFile.acquire(file, SINCE));

            assertThat(inAnotherProcess(Once.class)).isEqualTo(Once.HELD);
        }
        assertThat(inAnotherProcess(Once.class)).isZero();
    }

    @Test
    void aFileThatIsDeletedOnReleaseIsHeldByOneProcessAtATime() throws Exception {
        List<Process> rivals = List.of(start(Rival.class), start(Rival.class), start(Rival.class));
        for (Process rival : rivals) {
            assertThat(rival.waitFor()).isZero();
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aLinkIsNotFollowed() throws IOException {
        Path precious = Files.writeString(folder.resolve("precious"), "somebody's");
        Files.setPosixFilePermissions(precious, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
        Files.createSymbolicLink(file, precious);

        assertThatIOException().isThrownBy(() -> LockFile.acquire(file, SINCE));

        assertThat(precious).hasContent("somebody's");
        assertThat(Files.getPosixFilePermissions(precious)).hasSize(4);
        Files.delete(file);
        LockFile.acquire(file, SINCE).close();
    }

    @Test
    void whatIsNoTextOfAHolderIsReadToABound() throws Exception {
        Files.write(file, new byte[10_000_000]);

        LockFile.acquire(file, SINCE).close();

        assertThat(Files.size(file)).isLessThan(200);
    }

    private int inAnotherProcess(Class<?> main) throws Exception {
        return start(main).waitFor();
    }

    private Process start(Class<?> main) throws IOException {
        return new ProcessBuilder(SecondJvm.main(main, file.toString()))
                .inheritIO()
                .start();
    }

    /** Takes the lock, or says that it can't. */
    static final class Once {

        static final int HELD = 9;

        public static void main(String[] arguments) throws IOException {
            try {
                LockFile.acquire(Path.of(arguments[0]), SINCE).close();
            } catch (LockFile.HeldException e) {
                System.exit(HELD);
            }
        }
    }

    /** Takes the lock many times, and while it holds it makes a file where none may be. */
    static final class Rival {

        public static void main(String[] arguments) throws IOException {
            Path file = Path.of(arguments[0]);
            Path alone = file.resolveSibling("alone");
            for (int taken = 0; taken < 300; ) {
                try (LockFile held = LockFile.acquire(file, SINCE)) {
                    Files.createFile(alone);
                    taken++;
                    for (int i = ThreadLocalRandom.current().nextInt(1_000); i > 0; i--) {
                        Thread.onSpinWait();
                    }
                    Files.delete(alone);
                    Files.delete(file);
                } catch (LockFile.HeldException e) {
                    Thread.onSpinWait();
                }
            }
        }
    }
}
