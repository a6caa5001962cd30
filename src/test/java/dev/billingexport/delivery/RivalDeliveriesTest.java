package dev.billingexport.delivery;

import static dev.billingexport.delivery.Rendered.EXPORT;
import static dev.billingexport.delivery.Rendered.PERIOD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.testing.FolderContents;
import dev.billingexport.testing.SecondJvm;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Processes that deliver different files to the same period at the same time, many times over: one delivers whole, and the
 * others say clearly that they did not. The soak profile has more rounds.
 */
class RivalDeliveriesTest {

    private static final int ROUNDS = Integer.getInteger("soak.rounds", 8);
    private static final int KILLED = 137;

    @TempDir
    private Path work;

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void oneDeliversWholeAndTheOthersFailClearly(int rivals) throws Exception {
        List<Process> processes = new ArrayList<>();
        for (int number = 1; number <= rivals; number++) {
            processes.add(start("rival", number, rivals));
        }
        for (Process process : processes) {
            assertThat(process.waitFor()).isZero();
        }

        for (int round = 0; round < ROUNDS; round++) {
            Path place = place(work, round);
            List<String> outcomes = new ArrayList<>();
            for (int number = 1; number <= rivals; number++) {
                outcomes.add(Files.readString(place.resolve("outcome-" + number)));
            }
            assertThat(outcomes)
                    .as("round %d", round)
                    .filteredOn("delivered"::equals)
                    .hasSize(1);
            assertThat(outcomes)
                    .filteredOn(outcome -> !outcome.equals("delivered"))
                    .allMatch(failure -> failure.contains("Another run is delivering to") && failure.contains(" now: ")
                            || failure.contains("was delivered by another run"));
            assertThatItIsWhole(place, outcomes.indexOf("delivered") + 1, "round " + round);
        }
    }

    @Test
    void aRunThatIsKilledWhileItHoldsTheLockIsSweptByTheNext() throws Exception {
        Path place = Files.createDirectories(place(work, 0));
        Process victim = start("victim", 1, 1);
        assertThat(victim.waitFor()).isEqualTo(KILLED);
        assertThat(FolderContents.names(place.resolve("out"))).anyMatch(name -> name.endsWith(".part/sessions.csv"));
        assertThat(FolderContents.names(place.resolve("out"))).contains(EXPORT + "/" + PERIOD + "/.lock");

        rendered(place, 2, 1).deliverTo(Delivery.at(Rendered.to(place.resolve("out"))));

        assertThatItIsWhole(place, 2, "after the kill");
    }

    private static void assertThatItIsWhole(Path place, int winner, String when) throws IOException {
        Path out = place.resolve("out");
        Delivery delivery = Delivery.at(Rendered.to(out));
        Manifest current = delivery.current(EXPORT, PERIOD).orElseThrow();
        assertThat(current.run()).as(when).isEqualTo(winner);
        TreeSet<String> expected = new TreeSet<>(List.of(EXPORT + "/" + PERIOD + "/manifest.json"));
        for (int revision = 1; revision <= current.revision(); revision++) {
            String folder = EXPORT + "/" + PERIOD + "/r" + revision + "/";
            Manifest manifest = delivery.revision(EXPORT, PERIOD, revision).orElseThrow();
            expected.add(folder + Manifest.NAME);
            for (Manifest.File file : manifest.files()) {
                expected.add(folder + file.name());
                assertThat(Checksum.of(out.resolve(folder + file.name())).isOf(file))
                        .as(when)
                        .isTrue();
            }
        }
        assertThat(FolderContents.names(out)).as(when).isEqualTo(expected);
    }

    private Process start(String role, int number, int rivals) throws IOException {
        return new ProcessBuilder(SecondJvm.main(
                        Rival.class,
                        role,
                        work.toString(),
                        String.valueOf(number),
                        String.valueOf(rivals),
                        String.valueOf(ROUNDS)))
                .inheritIO()
                .start();
    }

    private static Path place(Path work, int round) {
        return work.resolve("round-" + round);
    }

    /** What nobody else delivers, some of it in a folder as with {@code split-by}; every other round is the second revision. */
    private static Rendered rendered(Path place, int number, int revision) {
        Rendered rendered = Rendered.in(place.resolve("rendered-" + number))
                .run(number)
                .revision(revision)
                .file("sessions.csv", ("session of run " + number + "\r\n").repeat(2_000));
        for (int user = 1; user <= 2; user++) {
            rendered = rendered.file("by-user_id/" + user + ".xlsx", "run " + number + ", user " + user);
        }
        return rendered;
    }

    /** What a process does. */
    static final class Rival {

        public static void main(String[] arguments) throws Exception {
            Path work = Path.of(arguments[1]);
            int number = Integer.parseInt(arguments[2]);
            if (arguments[0].equals("victim")) {
                die(work, number);
            }
            for (int round = 0; round < Integer.parseInt(arguments[4]); round++) {
                Path place = Files.createDirectories(place(work, round));
                int revision = 1 + round % 2;
                Rendered rendered = rendered(place, number, revision);
                if (revision == 2) {
                    deliverTheFirst(place);
                }
                awaitAll(place, number, Integer.parseInt(arguments[3]));
                Files.writeString(place.resolve("outcome-" + number), outcome(rendered, place));
            }
        }

        private static String outcome(Rendered rendered, Path place) {
            try {
                rendered.deliverTo(Delivery.at(Rendered.to(place.resolve("out"))));
                return "delivered";
            } catch (DeliveryException e) {
                return String.valueOf(e.getMessage());
            }
        }

        /** Whoever comes first delivers what all of them amend. */
        private static void deliverTheFirst(Path place) throws Exception {
            try {
                Files.createDirectory(place.resolve("first"));
                rendered(place, 99, 1).deliverTo(Delivery.at(Rendered.to(place.resolve("out"))));
                Files.createFile(place.resolve("first/done"));
            } catch (FileAlreadyExistsException somebodyElseDoes) {
                while (!Files.exists(place.resolve("first/done"))) {
                    TimeUnit.MILLISECONDS.sleep(1);
                }
            }
        }

        private static void awaitAll(Path place, int number, int rivals) throws Exception {
            Files.createFile(place.resolve("ready-" + number));
            while (IntStream.rangeClosed(1, rivals).anyMatch(each -> !Files.exists(place.resolve("ready-" + each)))) {
                Thread.onSpinWait();
            }
            long pause = ThreadLocalRandom.current().nextLong(8_000_000);
            for (long from = System.nanoTime(); System.nanoTime() - from < pause; ) {
                Thread.onSpinWait();
            }
        }

        private static void die(Path work, int number) {
            Disk disk = new Disk() {
                @Override
                void rename(Path from, Path to) {
                    Runtime.getRuntime().halt(KILLED);
                }
            };
            Path place = place(work, 0);
            rendered(place, number, 1).deliverTo(new LocalDelivery(place.resolve("out"), disk));
        }
    }
}
