package dev.billingexport.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.api.Credentials;
import dev.billingexport.ledger.Run;
import dev.billingexport.run.Outcome;
import dev.billingexport.sample.SampleAccount;
import dev.billingexport.sample.SampleSession;
import dev.billingexport.session.AppType;
import dev.billingexport.testing.Behaviour;
import dev.billingexport.testing.ChangingProxy;
import dev.billingexport.testing.FakeApi;
import dev.billingexport.testing.Served;
import dev.billingexport.testing.ServedRecords;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A month is exact whichever way the API has to say that there is nothing, and in whatever shape it sends what there is. */
@Timeout(60)
class OddAnswersRunTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Instant NOON = Instant.parse("2026-10-05T12:00:00Z");
    private static final Pattern EMPTY_LIST = Pattern.compile("\"(sessions|cdr|recordings)\": ?\\[ ?]");
    private static final Pattern PAGE = Pattern.compile("\\bpage=(\\d+)");

    /** One has neither call details nor recordings, one has 25 call details. */
    private static final List<SampleSession> SESSIONS = List.of(
            Served.session("plain", NOON, AppType.VC, "12.5"),
            session("empty", NOON.plusSeconds(86_400), 0),
            session("large", NOON.plusSeconds(10 * 86_400), 25));

    @TempDir
    Path home;

    private FakeApi api;
    private ChangingProxy proxy;

    @BeforeEach
    void serve() throws IOException {
        api = FakeApi.start(0, Behaviour.DOCUMENTED, SESSIONS);
        proxy = ChangingProxy.changingAnswers(api.baseUrl());
    }

    @AfterEach
    void close() {
        proxy.close();
        api.close();
    }

    /** Of a listing, and of details: status and body. */
    private static final List<List<ChangingProxy.Reply>> NOTHING = List.of(
            List.of(reply(204, ""), reply(204, "")),
            List.of(
                    reply(404, "{\"result\":404,\"msg\":\"not found\"}"),
                    reply(200, "{\"result\":0,\"msg\":\"No record found\"}")),
            List.of(reply(404, ""), reply(200, "{\"result\":\"0\",\"desc\":\"no data\"}")),
            List.of(
                    reply(200, "{\"result\":1101,\"msg\":\"invalid page\"}"),
                    reply(200, "{\"result\":1201,\"msg\":\"No Data\"}")),
            List.of(
                    reply(200, "{\"result\":0,\"message\":\"No records found\"}"),
                    reply(200, "{\"result\":1,\"cdr\":{},\"recordings\":{}}")),
            List.of(
                    reply(200, "{\"result\":1,\"sessions\":{}}"),
                    reply(200, "{\"result\":1,\"cdr\":\"\",\"recordings\":\"\"}")),
            List.of(
                    reply(200, "{\"result\":1,\"sessions\":false}"),
                    reply(200, "{\"result\":1,\"cdr\":false,\"recordings\":false}")),
            List.of(reply(200, "{\"result\":1}"), reply(200, "{\"result\":1}")),
            List.of(
                    reply(404, "<html><h1>Not found</h1></html>"),
                    reply(200, "{\"result\":false,\"msg\":\"No participants found\"}")),
            List.of(
                    reply(400, "{\"result\":400,\"msg\":\"Invalid page number\"}"),
                    reply(200, "{\"result\":true,\"cdr\":[],\"recordings\":[]}")),
            List.of(
                    reply(200, "{\"status\":\"error\",\"error_code\":\"1101\",\"message\":\"x\"}"),
                    reply(200, "{\"status\":\"error\",\"message\":\"No records found\"}")));

    @Test
    void whereThereIsNothing() throws IOException {
        try (ExportProcess process = start()) {
            for (int i = 0; i < NOTHING.size(); i++) {
                List<ChangingProxy.Reply> nothing = NOTHING.get(i);
                AtomicInteger changed = new AtomicInteger();
                proxy.replace((asked, reply) -> {
                    if (!EMPTY_LIST.matcher(reply.body()).find()) {
                        return reply;
                    }
                    changed.incrementAndGet();
                    return nothing.get(asked.uri().getPath().endsWith("/sessions") ? 0 : 1);
                });

                assertThatOctoberIsExact(process, i + 1);
                assertThat(changed).as("%s", nothing).hasValueGreaterThan(4);
            }
        }
    }

    @Test
    void wherePhpNumbersItsLists() throws IOException {
        proxy.change((asked, body) -> numbered(body));

        assertThatOctoberIsExact();
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void whereDetailsComeTenByTen(boolean lastPageRepeats) throws IOException {
        proxy.change(
                (asked, body) -> asked.getPath().endsWith("/sessions") ? body : page(asked, body, lastPageRepeats));

        assertThatOctoberIsExact();
    }

    private ExportProcess start() {
        return ExportProcess.start(
                home,
                proxy.baseUrl(),
                Credentials.from(SampleAccount.basicCredentials()),
                "export.source.app-types=vc",
                "export.source.page-length=2",
                "export.source.window=7d");
    }

    private void assertThatOctoberIsExact() throws IOException {
        try (ExportProcess process = start()) {
            assertThatOctoberIsExact(process, 1);
        }
    }

    private static void assertThatOctoberIsExact(ExportProcess process, int revision) {
        Run run = process.october(revision);

        assertThat(process.launch(run)).isEqualTo(new Outcome(Outcome.Kind.DELIVERED, null));

        new ServedRecords(SESSIONS, ExportProcess.OCTOBER).assertIsIn(process.contents(), run);
    }

    private static ChangingProxy.Reply reply(int status, String body) {
        return new ChangingProxy.Reply(status, body);
    }

    /** Every list as an object, with a gap. */
    private static String numbered(String body) {
        ObjectNode answer = (ObjectNode) JSON.readTree(body);
        for (String list : List.of("sessions", "cdr", "recordings")) {
            if (answer.path(list).isArray()) {
                ObjectNode numbered = JSON.createObjectNode();
                int number = 0;
                for (JsonNode row : answer.path(list)) {
                    numbered.set(Integer.toString(number), row);
                    number += 2;
                }
                answer.set(list, numbered);
            }
        }
        return answer.toString();
    }

    private static String page(URI asked, String body, boolean lastPageRepeats) {
        Matcher number = PAGE.matcher(String.valueOf(asked.getQuery()));
        int page = number.find() ? Integer.parseInt(number.group(1)) : 1;
        ObjectNode answer = (ObjectNode) JSON.readTree(body);
        String name = answer.has("cdr") ? "cdr" : "recordings";
        List<JsonNode> rows = new ArrayList<>();
        answer.path(name).forEach(rows::add);
        int last = Math.max(1, (rows.size() + 9) / 10);
        int shown = lastPageRepeats ? Math.min(page, last) : page;
        ArrayNode list = JSON.createArrayNode();
        IntStream.range((shown - 1) * 10, Math.min(rows.size(), shown * 10)).forEach(i -> list.add(rows.get(i)));
        answer.set(name, list);
        return answer.toString();
    }

    private static SampleSession session(String id, Instant date, int callDetails) {
        String rows = IntStream.range(0, callDetails)
                .mapToObj(number -> "{\"call_num\": \"%d\", \"connect_dt\": \"%s\", \"duration\": 1.5}"
                        .formatted(number, date.plusSeconds(number)))
                .collect(Collectors.joining(","));
        return SampleSession.parse("""
                {"session": {"session_id": "%1$s", "user_id": "u", "trans_date": "%2$s", "connect_dt": "%2$s",
                             "disconnect_dt": "%3$s", "duration": 60, "app_type": "vc"},
                 "cdr": [%4$s], "recordings": []}
                """.formatted(id, date, date.plusSeconds(3_600), rows));
    }
}
