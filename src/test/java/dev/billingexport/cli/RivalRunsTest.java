package dev.billingexport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.testing.Behaviour;
import dev.billingexport.testing.BillingProcess;
import dev.billingexport.testing.FakeApi;
import dev.billingexport.testing.Generator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs of two data directories that deliver the same month to the same folder at the same time. The soak profile has many
 * pairs.
 */
class RivalRunsTest {

    private static final int PAIRS = Integer.getInteger("soak.pairs", 2);
    private static final String MONTH = "--month=2026-10";

    @TempDir
    private Path work;

    private static FakeApi api;

    @BeforeAll
    static void serve() {
        Instant from = Instant.parse("2026-10-01T00:00:00Z");
        api = FakeApi.start(
                0, Behaviour.DOCUMENTED, new Generator(7, 60, from, from.plus(Duration.ofDays(30)), 0.2).sessions());
    }

    @AfterAll
    static void close() {
        api.close();
    }

    /** Every other pair is for the next revision, from data directories that know of no earlier one. */
    @Test
    void oneDeliversWholeAndTheOtherFailsClearly() throws Exception {
        Random random = new Random(7);
        for (int pair = 0; pair < PAIRS; pair++) {
            Path place = Files.createDirectories(work.resolve("place-" + pair / 2));
            if (pair % 2 == 0) {
                race(place, pair, random, MONTH);
            } else {
                race(place, pair, random, MONTH, "--rerun");
            }
            assertThatAllIsWhole(place, 1 + pair % 2);
        }
        System.out.printf("Raced %d pairs of runs: one delivered whole each time, the other failed%n", PAIRS);
    }

    private static void race(Path place, int pair, Random random, String... options) throws Exception {
        List<BillingProcess> rivals = new ArrayList<>();
        try {
            for (int number = 0; number < 2; number++) {
                rivals.add(start(place, 2 * pair + number, options));
                Thread.sleep(random.nextInt(100));
            }
            List<Integer> codes = new ArrayList<>();
            for (BillingProcess rival : rivals) {
                codes.add(rival.exitCode());
            }
            int winner = codes.indexOf(ExitCode.DELIVERED);
            assertThat(codes)
                    .as(() -> rivals.get(0).err() + rivals.get(1).err())
                    .filteredOn(code -> code == ExitCode.DELIVERED)
                    .hasSize(1);
            BillingProcess loser = rivals.get(1 - winner);
            assertThat(loser.err())
                    .matches(said -> said.contains("Another run is delivering to")
                            || said.contains("was delivered by another run")
                            || said.contains("Another run delivered it"));
            assertThat(loser.out()).doesNotContain("Delivered ");
        } finally {
            rivals.forEach(BillingProcess::close);
        }
    }

    private static BillingProcess start(Path place, int number, String... options) {
        Map<String, String> environment = BillingProcess.connect(
                api,
                "EXPORT_DATA_DIR=data-" + number,
                "EXPORT_REPORT_SPLIT_BY=user_id",
                "EXPORT_REPORT_MASK=" + (number % 2 == 0 ? "name" : "user_ref"),
                "EXPORT_SOURCE_WINDOW=10d",
                "EXPORT_DELIVERY_LOCATION=out");
        return BillingProcess.start(
                place,
                environment,
                Stream.concat(Stream.of("run"), Stream.of(options)).toArray(String[]::new));
    }

    private static void assertThatAllIsWhole(Path place, int revision) throws IOException {
        Path period = place.resolve("out/billing/2026-10");
        for (String folder :
                List.of(period.toString(), period.resolve("r" + revision).toString())) {
            Terminal.Screen screen = new Terminal(place).type("verify", folder);
            assertThat(screen.exitCode()).as("%s", screen).isZero();
        }
        try (Stream<Path> left = Files.list(period)) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                    Stream.of("manifest.json"),
                                    Stream.of("r1", "r2").limit(revision))
                            .toList());
        }
    }
}
