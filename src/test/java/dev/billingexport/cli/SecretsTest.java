package dev.billingexport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.sample.RecordedSample;
import dev.billingexport.sample.SampleAccount;
import dev.billingexport.testing.Behaviour;
import dev.billingexport.testing.BillingProcess;
import dev.billingexport.testing.ChangingProxy;
import dev.billingexport.testing.FakeApi;
import dev.billingexport.testing.FolderContents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** Whatever a process prints, logs, writes or shows of itself: no secret is in it, however much it is told to say. */
class SecretsTest {

    private static final Map<String, String> BASIC =
            Map.of("ENABLEX_APP_ID", SampleAccount.APP_ID, "ENABLEX_APP_KEY", SampleAccount.APP_KEY);
    private static final Map<String, String> LOGIN = Map.of(
            "ENABLEX_API_ID", SampleAccount.API_ID,
            "ENABLEX_EMAIL", SampleAccount.EMAIL,
            "ENABLEX_PASSWORD", SampleAccount.PASSWORD);

    private static final List<String> TALKATIVE =
            List.of("org.apache.hc", "org.apache.hc.client5.http.wire", "org.springframework", "dev.billingexport");

    @TempDir
    private Path folder;

    private String printed = "";

    static Stream<Map<String, String>> credentials() {
        return Stream.of(BASIC, LOGIN);
    }

    @ParameterizedTest
    @MethodSource("credentials")
    void areNowhere(Map<String, String> credentials) throws IOException {
        try (FakeApi api = FakeApi.start(0, Behaviour.DOCUMENTED, RecordedSample.sessions());
                ChangingProxy gossip = repeatingSecrets(api, 404, "vc-002/cdr");
                ChangingProxy refusal = repeatingSecrets(api, 401, credentials == BASIC ? "/sessions" : "/login")) {
            assertThat(runToldToSayAll(credentials, gossip)).as(printed).isEqualTo(3);
            assertThat(runRefused(credentials, refusal)).as(printed).isEqualTo(2);

            List<String> secrets = new ArrayList<>(gossip.authorizations());
            secrets.addAll(List.of(SampleAccount.APP_KEY, SampleAccount.PASSWORD, SampleAccount.EMAIL));
            assertThat(gossip.authorizations()).isNotEmpty();
            Map<String, String> left = left();
            left.put("what was printed", printed);
            assertThat(left)
                    .containsKeys("data/billing-export.mv.db", "out/billing/2026-10-01_2026-10-03/r1/problems.csv");
            // Both were repeated in an error, and would have been shown.
            assertThat(left.get("out/billing/2026-10-01_2026-10-03/r1/problems.csv"))
                    .contains("***");
            assertThat(printed)
                    .contains(
                            "Executing prepared SQL", " acquiring endpoint", "the credentials are not accepted", "***");
            left.forEach((place, text) -> assertThat(secrets).as(place).noneMatch(text::contains));
        }
    }

    /** For one kind of credentials in a process of its own, which shows its arguments as well. */
    private int runToldToSayAll(Map<String, String> credentials, ChangingProxy api) {
        String[] command = {"run", "--from=2026-10-01", "--to=2026-10-03", "--accept-problems", "--debug"};
        if (credentials == LOGIN) {
            Terminal terminal = terminal(credentials, api);
            TALKATIVE.forEach(logger -> terminal.set("logging.level." + logger, "DEBUG"));
            return type(terminal, command);
        }
        Map<String, String> environment = new HashMap<>(credentials);
        environment.put("EXPORT_SOURCE_BASE_URL", api.baseUrl().toString());
        environment.put("EXPORT_SOURCE_WINDOW", "2d");
        TALKATIVE.forEach(logger -> environment.put(
                "LOGGING_LEVEL_" + logger.toUpperCase(Locale.ROOT).replace('.', '_'), "DEBUG"));
        try (BillingProcess process = BillingProcess.start(folder, environment, command)) {
            printed += process.commandLine();
            int exitCode = process.exitCode();
            printed += process.out() + process.err();
            return exitCode;
        }
    }

    /** What is logged of an answer that repeats a secret, the other run shows. */
    private int runRefused(Map<String, String> credentials, ChangingProxy api) {
        return type(terminal(credentials, api), "run", "--from=2026-10-03", "--to=2026-10-05", "--debug");
    }

    /** Answers requests for a path with an error whose message repeats all that was sent. */
    private static ChangingProxy repeatingSecrets(FakeApi api, int status, String path) {
        return ChangingProxy.changingAnswers(api.baseUrl())
                .replace((asked, reply) -> asked.uri().getPath().endsWith(path)
                        ? new ChangingProxy.Reply(
                                status,
                                JsonMapper.shared()
                                        .writeValueAsString(Map.of(
                                                "result", status, "msg", asked.authorization() + " " + asked.body())))
                        : reply);
    }

    private Terminal terminal(Map<String, String> credentials, ChangingProxy api) {
        Terminal terminal =
                new Terminal(folder).set("export.source.base-url", api.baseUrl().toString());
        credentials.forEach(terminal::set);
        return terminal;
    }

    private int type(Terminal terminal, String... command) {
        Terminal.Screen screen = terminal.type(command);
        printed += String.join("\n", screen.out()) + String.join("\n", screen.err());
        return screen.exitCode();
    }

    /** Every file in the folder by its name; of a workbook, every part. */
    private Map<String, String> left() throws IOException {
        Map<String, String> texts = new HashMap<>();
        for (String name : FolderContents.names(folder)) {
            Path file = folder.resolve(name);
            texts.put(name, Files.readString(file, StandardCharsets.ISO_8859_1));
            if (name.endsWith(".xlsx")) {
                try (ZipFile workbook = new ZipFile(file.toFile())) {
                    for (ZipEntry part : Collections.list(workbook.entries())) {
                        byte[] bytes = workbook.getInputStream(part).readAllBytes();
                        texts.put(name + "/" + part.getName(), new String(bytes, StandardCharsets.ISO_8859_1));
                    }
                }
            }
        }
        return texts;
    }
}
