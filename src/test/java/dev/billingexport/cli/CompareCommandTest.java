package dev.billingexport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.sample.RecordedSample;
import dev.billingexport.sample.SampleSession;
import dev.billingexport.testing.Behaviour;
import dev.billingexport.testing.DeliveredFolder;
import dev.billingexport.testing.FakeApi;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code compare}, and {@code verify} of a revision that amends another. */
class CompareCommandTest {

    private static final String SESSIONS = "out/billing/2026-10";

    @TempDir
    static Path folder;

    private final Terminal terminal = new Terminal(folder);

    @BeforeAll
    static void deliverTwice() {
        try (FakeApi api = FakeApi.start(0, Behaviour.DOCUMENTED, RecordedSample.sessions())) {
            Terminal terminal = new Terminal(folder).connect(api);
            assertThat(terminal.type("run", "--month=2026-10").exitCode()).isZero();
            api.remove("vc-002");
            RecordedSample.sessions().stream()
                    .filter(session -> session.sessionId().equals("vc-003"))
                    .map(CompareCommandTest::withoutRecordings)
                    .forEach(api::put);

            Terminal.Screen second = terminal.type("run", "--month=2026-10", "--rerun");

            assertThat(second.out())
                    .last()
                    .isEqualTo(
                            "Sessions added since revision 1: 0, removed: 1, changed: 1; the files list all of them.");
        }
    }

    private static SampleSession withoutRecordings(SampleSession session) {
        return SampleSession.parse("{\"session\": " + session.session() + ", \"cdr\": " + session.callDetails()
                + ", \"recordings\": [{\"file\": \"https://x.example/1.mp4\", \"play_time\": 60, \"stage\": 1}]}");
    }

    @Test
    void totalsComeFirstThenUsersThenSessions() {
        Terminal.Screen screen = compare(SESSIONS + "/r1", SESSIONS);

        assertThat(screen.exitCode()).isZero();
        assertThat(screen.err()).isEmpty();
        assertThat(screen.out().get(0))
                .startsWith("Old: " + folder.resolve(SESSIONS))
                .contains("revision 1", "40 sessions");
        assertThat(screen.out().get(1)).contains("revision 2", "39 sessions");
        assertThat(screen.out())
                .containsSubsequence("Sessions added: 0, removed: 1, changed: 1.", "Difference per user:", "Sessions:")
                .anyMatch(line ->
                        line.matches("  removed vc-002 of U-\\d+, vc, 2026-10-\\S+: session minutes \\S+ -> -, .*"))
                .anyMatch(line -> line.matches("  changed vc-003 of .*; .*recordings.*"))
                .anyMatch(line -> line.matches("  U-\\d+: session minutes -\\S+, call detail minutes -?\\S+"));
    }

    @Test
    void theOtherWayRoundWhatWasRemovedIsAdded() {
        assertThat(compare(SESSIONS, SESSIONS + "/r1").out()).contains("Sessions added: 1, removed: 0, changed: 1.");
    }

    @Test
    void oneDocumentSaysAllOfIt() {
        Terminal.Screen screen = terminal.type(
                "compare",
                "--json",
                folder.resolve(SESSIONS + "/r1").toString(),
                folder.resolve(SESSIONS).toString());

        JsonNode document = JsonMapper.shared().readTree(String.join("\n", screen.out()));
        assertThat(document.propertyNames())
                .containsExactly("before", "after", "same", "sessions", "charges", "payers", "users", "amendments");
        assertThat(document.at("/before/sessions").asInt()).isEqualTo(40);
        assertThat(document.get("same").asBoolean()).isFalse();
        assertThat(document.at("/sessions/removed").asInt()).isEqualTo(1);
        assertThat(document.get("charges")).isEmpty();
        assertThat(document.get("amendments")).hasSize(2);
        assertThat(document.at("/amendments/0/session_id").asString()).isEqualTo("vc-002");
        assertThat(document.at("/amendments/0/change").asString()).isEqualTo("removed");
        assertThat(document.at("/amendments/0/session_minutes_after").isNull()).isTrue();
    }

    @Test
    void aRevisionIsWhatItIs() {
        Terminal.Screen screen = compare(SESSIONS, SESSIONS + "/r2");

        assertThat(screen.out()).hasSize(3).last().isEqualTo("No change.");
        assertThat(screen.exitCode()).isZero();
    }

    @Test
    void whereThereIsNoDeliveryNothingIsCompared() {
        for (Terminal.Screen screen :
                new Terminal.Screen[] {compare(SESSIONS, "elsewhere"), terminal.type("compare", "x")}) {
            assertThat(screen.exitCode()).isEqualTo(2);
            assertThat(screen.err()).hasSize(1);
        }
    }

    @Test
    void whatWasTamperedWithIsNotCompared(@TempDir Path copy) throws Exception {
        FileSystemUtils.copyRecursively(folder.resolve(SESSIONS + "/r1"), copy.resolve("r1"));
        new DeliveredFolder(copy).replace("r1/sessions.csv", "R-atlas", "R-other");

        Terminal.Screen screen = terminal.type(
                "compare",
                copy.resolve("r1").toString(),
                folder.resolve(SESSIONS).toString());

        assertThat(screen.exitCode()).isEqualTo(1);
        assertThat(screen.err()).singleElement().asString().contains("sessions.csv: SHA-256");
    }

    @Test
    void amendmentsAreVerifiedAndWhatWasChangedInThemIsFound(@TempDir Path copy) throws Exception {
        FileSystemUtils.copyRecursively(folder.resolve(SESSIONS + "/r2"), copy.resolve("r1"));
        assertThat(verify(copy)).last().isEqualTo("Verified: everything is as the manifest says.");

        assertThat(afterwards(copy, period -> period.replace("r1/manifest.json", "\"removed\" : 1", "\"removed\" : 2")))
                .anyMatch(line -> line.startsWith("amendments.csv: changes: the manifest says"));
    }

    /** What verify says of a copy that was changed; the checksums of what was changed are said to be wrong, too. */
    private Stream<String> afterwards(Path delivered, Consumer<DeliveredFolder> change) throws Exception {
        Path copy = delivered.resolve("changed");
        FileSystemUtils.copyRecursively(delivered.resolve("r1"), copy.resolve("r1"));
        change.accept(new DeliveredFolder(copy));
        Stream<String> said = verify(copy).stream();
        FileSystemUtils.deleteRecursively(copy);
        return said;
    }

    private List<String> verify(Path copy) throws Exception {
        Files.move(copy.resolve("r1"), copy.resolve("r2"));
        try {
            return terminal.type("verify", copy.resolve("r2").toString()).out();
        } finally {
            Files.move(copy.resolve("r2"), copy.resolve("r1"));
        }
    }

    private Terminal.Screen compare(String earlier, String later) {
        return terminal.type(
                "compare",
                folder.resolve(earlier).toString(),
                folder.resolve(later).toString());
    }
}
