package dev.billingexport.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.run.Outcome;
import dev.billingexport.sample.RecordedSample;
import dev.billingexport.session.Period;
import dev.billingexport.testing.Behaviour;
import dev.billingexport.testing.FakeApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample run delivers {@code samples/expected}, byte for byte, however its API behaves. */
class GoldenSampleTest {

    private static final Path EXPECTED = Path.of("samples/expected");

    /** In a folder of its own, for in one where the sample was run before it would be another revision, or nothing. */
    private static final String TAKE_OVER = """
            ./mvnw -q package -DskipTests && (cd "$(mktemp -d)" && java -jar "$OLDPWD/target/billing-export.jar" run --sample \
            && cp out/sample/2026-10/r1/*.csv out/sample/2026-10/r1/*.xlsx out/sample/2026-10/r1/*.html "$OLDPWD/samples/expected"), \
            then read "git diff" critically before committing""";

    @TempDir
    Path home;

    @Test
    void theSampleRunDeliversTheExpectedFiles() throws IOException {
        assertDelivers(Behaviour.DOCUMENTED);
    }

    @Test
    void anAwkwardApiMakesNoDifference() throws IOException {
        assertDelivers(Behaviour.AWKWARD);
    }

    private void assertDelivers(Behaviour behaviour) throws IOException {
        try (FakeApi api = FakeApi.start(0, behaviour, RecordedSample.sessions());
                ExportProcess process =
                        ExportProcess.start(home, api, "export.name=sample", "export.report.formats=xlsx,csv,html")) {
            Outcome outcome = process.launch(process.run(Period.of(RecordedSample.MONTH, ZoneOffset.UTC), 1));
            assertThat(outcome).isEqualTo(new Outcome(Outcome.Kind.DELIVERED, null));
        }
        Path delivered = home.resolve("out/sample/2026-10/r1");
        Set<String> names = new TreeSet<>(names(EXPECTED));
        names.addAll(names(delivered));
        List<String> different = names.stream()
                .filter(name -> differs(EXPECTED.resolve(name), delivered.resolve(name)))
                .toList();
        assertThat(different)
                .as("files of the sample run that differ from samples/expected; where the change is meant: "
                        + TAKE_OVER)
                .isEmpty();
    }

    private static Set<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("manifest.json"))
                    .collect(Collectors.toSet());
        }
    }

    private static boolean differs(Path expected, Path delivered) {
        try {
            return !Files.exists(expected)
                    || !Files.exists(delivered)
                    || !Arrays.equals(Files.readAllBytes(expected), Files.readAllBytes(delivered));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
