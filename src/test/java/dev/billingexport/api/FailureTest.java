package dev.billingexport.api;

import static dev.billingexport.testing.ScriptedApi.body;
import static dev.billingexport.testing.ScriptedApi.json;
import static dev.billingexport.testing.ScriptedApi.ok;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.billingexport.session.AppType;
import dev.billingexport.testing.RawServer;
import dev.billingexport.testing.ScriptedApi;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which answer is which failure, how often it was asked, and what the message says. */
@Timeout(30)
class FailureTest extends ApiTest {

    @ParameterizedTest
    @CsvSource({
        // status, result, exception, requests
        "400, 400, Refused, 1",
        "401, 401, Denied, 1",
        "403, 403, Denied, 1",
        "404, 404, Missing, 1",
        "406, 406, Refused, 1",
        "408, 408, Unavailable, 3",
        "409, 409, Refused, 1",
        "429, 429, Unavailable, 3",
        "500, 500, Unavailable, 3",
        "503, 503, Unavailable, 3",
        "302, 302, Refused, 1",
        "200, 0, Unavailable, 3",
        "200, 400, Refused, 1",
        "200, 401, Denied, 1",
        "200, 403, Denied, 1",
        "200, 404, Missing, 1",
        "200, 406, Refused, 1",
        "200, 429, Unavailable, 3",
        "200, 500, Unavailable, 3",
        "200, 503, Unavailable, 3",
        "200, 1001, Denied, 1",
        "200, 1002, Refused, 1",
        "200, 1101, Refused, 1",
        "200, 1102, Refused, 1",
        "200, 1105, Refused, 1",
        "200, 1401, Refused, 1",
        "200, 1402, Refused, 1",
        "200, 1403, Refused, 1",
        "200, 77, Unavailable, 3",
        "200, odd, Unavailable, 3",
        // both shapes at once, not of one mind
        "400, 1001, Denied, 1",
        "404, 0, Missing, 1",
        "403, 1102, Refused, 1",
        "503, 404, Unavailable, 3",
        "401, 1, Denied, 1"
    })
    void everyErrorHasItsKind(int status, String result, String kind, int requests) {
        api.always(json(status, "{\"result\":\"" + result + "\",\"msg\":\"no luck\",\"desc\":\"more\"}"));

        ApiException failure = failureOf(() -> client().callDetails(AppType.VC, "s-1"));

        assertThat(failure.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(failure.route()).isEqualTo("GET /sessions/{session_id}/cdr");
        assertThat(failure.sessionId()).isEqualTo("s-1");
        assertThat(failure.attempts()).isEqualTo(requests);
        assertThat(failure.code()).isEqualTo(result.equals("1") ? "401" : result);
        assertThat(failure).hasMessageContaining("no luck - more").hasMessageContaining("s-1");
        assertThat(api.asked()).hasSize(requests);
    }

    @ParameterizedTest
    @CsvSource({"401, Denied", "404, Missing", "418, Refused", "502, Unavailable"})
    void anErrorNeedsNoJson(int status, String kind) {
        api.always(body(status, "text/html", "<html>secret proxy page</html>"));

        ApiException failure = failureOf(() -> client(BASIC, 1, 4, null).sessions(QUERY));

        assertThat(failure.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(failure.sessionId()).isNull();
        assertThat(failure.code()).isEqualTo(Integer.toString(status));
        assertThat(failure).hasMessageContaining("HTTP " + status);
    }

    @ParameterizedTest
    @CsvSource({
        "503, 503, Unavailable, HTTP 503",
        "404, 404, Missing, HTTP 404",
        "200, , Unavailable, it has the content coding br"
    })
    void whatIsCodedAsNobodyAskedStillHasItsStatus(int status, String code, String kind, String reason) {
        api.always(body(status, "text/html", "no brotli, in truth", "Content-Encoding", "br"));

        ApiException failure = failureOf(() -> client().callDetails(AppType.VC, "s-1"));

        assertThat(failure.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure).hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // status, body, what is told
                "500 | {\"status\":\"error\",\"error_code\":\"E17\",\"message\":\"no luck\",\"request_id\":\"7f-3\"}"
                        + " | HTTP 500, code E17, request 7f-3: no luck",
                "400 | {\"status\":\"error\",\"error_code\":4003,\"message\":\"no luck\",\"request_id\":73}"
                        + " | HTTP 400, code 4003, request 73: no luck",
                "200 | {\"status\":\"error\",\"error_code\":\"406\",\"message\":\"no luck\"}"
                        + " | HTTP 200, code 406: no luck",
                "200 | {\"status\":\"error\",\"message\":\"no luck\"} | HTTP 200: no luck",
                "200 | {\"status\":\"ERROR\",\"result\":1,\"cdr\":[]} | HTTP 200",
                "500 | {\"status\":\"failed\",\"requestId\":\"r\"} | HTTP 500, request r",
                "500 | {\"error\":{\"code\":\"X\",\"message\":\"no luck\",\"request_id\":\"r\"}}"
                        + " | HTTP 500, code X, request r: no luck",
                "500 | {\"error\":\"no luck\"} | HTTP 500: no luck",
                "500 | {\"result\":0,\"error_code\":\"E1\",\"msg\":\"no luck\"} | HTTP 500, code E1: no luck",
                "500 | {\"result\":\"500\",\"request_id\":\"r\",\"msg\":\"no luck\",\"desc\":\"no luck\"}"
                        + " | HTTP 500, request r: no luck",
                "500 | {\"result\":500,\"msg\":\"no luck\",\"desc\":\"no luck at all\"} | HTTP 500: no luck at all",
                "500 | {\"result\":500,\"msg\":\"no\",\"desc\":\"luck\",\"message\":[1]} | HTTP 500: no - luck"
            })
    void whateverAnErrorSaysIsTold(int status, String body, String told) {
        api.always(json(status, body));

        ApiException failure = failureOf(() -> client(BASIC, 1, 1, null).callDetails(AppType.VC, "s"));

        assertThat(failure.getMessage().replaceFirst("\\)$", "")).endsWith(told);
    }

    @Test
    void aRefusalTellsItsReasonOnce() {
        api.always(
                json(
                        401,
                        "{\"result\":401,\"msg\":\"The credentials are not valid\",\"desc\":\"The credentials are not valid\"}"));

        assertThat(failureOf(() -> client().sessions(QUERY)))
                .hasMessage(
                        "GET /sessions (page 1 of vc from 2026-10-01T00:00:00Z to 2026-10-02T00:00:00Z): the credentials are"
                                + " not accepted (HTTP 401: The credentials are not valid)");
    }

    @Test
    void aNumericCodeIsReadAsWell() {
        api.always(ok("{\"result\":1102,\"msg\":\"invalid page length\"}"));

        assertThat(failureOf(() -> client().sessions(QUERY)))
                .isInstanceOf(ApiException.Refused.class)
                .hasMessage(
                        "GET /sessions (page 1 of vc from 2026-10-01T00:00:00Z to 2026-10-02T00:00:00Z): refused (HTTP 200,"
                                + " code 1102: invalid page length)");
    }

    @Test
    void whatFailsForAWhileSucceedsInTheEnd() {
        api.then(
                json(500, "{\"result\":\"500\"}"),
                body(200, "text/html", "<html>Please log in to the hotel's network</html>"),
                ok(EMPTY_PAGE));

        assertThat(client().sessions(QUERY).isEmpty()).isTrue();
        assertThat(api.asked()).hasSize(3);
    }

    @Test
    void aBodyCutShortIsTriedAgain() {
        ScriptedApi.Answer cut = exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write("{\"result\":1,\"sessions\":[".getBytes(UTF_8));
            exchange.getResponseBody().flush();
        };
        api.then(cut, cut, ok(EMPTY_PAGE)).always(cut);
        ReportingClient client = client();

        assertThat(client.sessions(QUERY).isEmpty()).isTrue();
        assertThat(failureOf(() -> client.sessions(QUERY)))
                .isInstanceOf(ApiException.Unavailable.class)
                .hasMessageContaining("Premature end");
    }

    @Test
    void aChunkedBodyCutShortIsTriedAgain() {
        ScriptedApi.Answer cut = exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(EMPTY_PAGE.getBytes(UTF_8));
            exchange.getResponseBody().flush();
            throw new IllegalStateException("the server dies before the last chunk");
        };
        api.then(cut, ok("{\"result\":1,\"sessions\":[{\"session_id\":\"s\"}]}"));

        assertThat(client().sessions(QUERY).sessions()).hasSize(1);
    }

    @Test
    void anAnswerThatNeverComesTimesOut() {
        api.then(exchange -> sleep(Duration.ofSeconds(20)), ok(EMPTY_PAGE));

        assertThat(client().sessions(QUERY).isEmpty()).isTrue();
        assertThat(api.asked()).hasSize(2);
    }

    @Test
    void anAnswerThatTricklesForEverIsDropped() {
        api.always(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            while (true) {
                exchange.getResponseBody().write(' ');
                exchange.getResponseBody().flush();
                sleep(Duration.ofMillis(100));
            }
        });

        ApiException failure = failureOf(() -> call(api.url(), Duration.ofMillis(400), 1));

        assertThat(failure)
                .isInstanceOf(ApiException.Unavailable.class)
                .hasMessageContaining("not complete after 4000 ms");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = "br")
    void anAnswerWithoutEndIsDropped(String coding) {
        api.always(exchange -> {
            if (coding != null) {
                exchange.getResponseHeaders().set("Content-Encoding", coding);
            }
            exchange.sendResponseHeaders(200, 0);
            byte[] spaces = " ".repeat(1 << 16).getBytes(UTF_8);
            while (true) {
                exchange.getResponseBody().write(spaces);
            }
        });

        assertThat(failureOf(() -> client(BASIC, 1, 1, null).sessions(QUERY)))
                .isInstanceOf(ApiException.Unavailable.class)
                .hasMessageContaining("longer than 1048576 bytes");
    }

    @Test
    void aConnectionThatIsResetIsTriedAgain() throws Exception {
        try (RawServer server = RawServer.resetting()) {
            ApiException failure = failureOf(() -> call(server.url()));

            assertThat(failure).isInstanceOf(ApiException.Down.class).hasMessageContaining("reset");
            assertThat(failure.attempts()).isEqualTo(3);
            assertThat(failure.code()).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 100 Continue\r\n\r\n", "X: y\r\n"})
    void anAnswerWhoseHeadersTrickleForEverIsDropped(String line) throws Exception {
        String start = "HTTP/1.1 100 Continue\r\n" + (line.startsWith("X") ? "" : "\r\n");

        try (RawServer server = RawServer.endless(bytes(start), bytes(line), Duration.ofMillis(40))) {
            assertThat(failureOf(() -> call(server.url(), Duration.ofMillis(300), 1)))
                    .isInstanceOf(ApiException.Unavailable.class)
                    .hasMessageContaining("not complete after 3000 ms");
        }
    }

    static Stream<Arguments> partsThatNeverEnd() {
        String ok = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
        String gzip = ok + "Content-Encoding: gzip\r\n";
        byte[] header = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 0};
        byte[] namedHeader = {0x1f, (byte) 0x8b, 8, 8, 0, 0, 0, 0, 0, 0};
        byte[] emptyBlock = {0, 0, 0, (byte) 0xff, (byte) 0xff};
        byte[] emptyMember = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        byte[] garbage = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 0, (byte) 0xff, (byte) 0xff};
        return Stream.of(
                arguments("a chunk's extension", bytes(ok + "Transfer-Encoding: chunked\r\n\r\n1;"), bytes("x")),
                arguments("a name in gzip's header", bytes(gzip + "\r\n", namedHeader), bytes("x")),
                arguments("blocks of nothing", bytes(gzip + "\r\n", header), emptyBlock),
                arguments("members of nothing", bytes(gzip + "\r\n"), emptyMember),
                arguments("what is no gzip", bytes(gzip + "Content-Length: 1000000000\r\n\r\n", garbage), bytes("x")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("partsThatNeverEnd")
    void anAnswerIsDroppedWhicheverPartOfItNeverEnds(String part, byte[] start, byte[] more) throws Exception {
        try (RawServer server = RawServer.endless(start, more, Duration.ofMillis(2))) {
            assertThat(failureOf(() -> call(server.url(), Duration.ofMillis(100), 1)))
                    .isInstanceOf(ApiException.Unavailable.class);
        }
    }

    @Test
    void aSecretThatAServerSendsBackInPlaceOfALengthIsNotInTheStackTrace() throws Exception {
        String chunk = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "app-key-s3cret YXBwLWlkLTE6YXBwLWtleS1zM2NyZXQ=\r\n";
        StringWriter trace = new StringWriter();

        try (RawServer server = RawServer.endless(bytes(chunk), bytes("\r\n"), Duration.ofMillis(2))) {
            failureOf(() -> call(server.url(), Duration.ofMillis(100), 1)).printStackTrace(new PrintWriter(trace));
        }

        assertThat(trace.toString()).contains("***", "Caused by").doesNotContain("s3cret", "YXBwLWlkLTE6");
    }

    private static byte[] bytes(String text, byte... more) {
        byte[] all = Arrays.copyOf(text.getBytes(UTF_8), text.length() + more.length);
        System.arraycopy(more, 0, all, text.length(), more.length);
        return all;
    }

    @Test
    void aServerThatIsNotThereIsDown() throws Exception {
        int port;
        try (ServerSocket server = new ServerSocket(0)) {
            port = server.getLocalPort();
        }

        assertThat(failureOf(() -> call(URI.create("http://127.0.0.1:" + port))))
                .isInstanceOf(ApiException.Down.class)
                .hasMessageContaining("refused");
    }

    @Test
    void redirectsAreNotFollowed() {
        api.always(body(302, "text/html", "", "Location", api.url() + "/elsewhere"));

        failureOf(() -> client().sessions(QUERY));

        assertThat(api.count("/elsewhere")).isZero();
    }

    @Test
    void aHostileMessageBecomesOneShortLineWithoutSecrets() {
        api.always(json(
                404,
                "{\"result\":404,\"msg\":\"a\\r\\n\\u001b[31m\\u202eb\\u2028c app-key-s3cret YXBwLWlkLTE6YXBwLWtleS1zM2NyZXQ= "
                        + "x".repeat(100_000) + "\"}"));

        ApiException failure = failureOf(() -> client().callDetails(AppType.VC, "s\n1"));

        assertThat(failure.getMessage())
                .contains("a\\r\\n\\u001b[31m\\u202eb\\u2028c *** *** xxx")
                .contains("s\\n1")
                .hasSizeLessThan(800)
                .matches("\\P{Cntrl}*");
        assertThat(failure.sessionId()).isEqualTo("s\n1");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 401, 404, 500})
    void noSecretIsInAStackTrace(int status) {
        api.always(json(status, "{\"result\":0,\"msg\":\"app-key-s3cret\"}"));

        StringWriter trace = new StringWriter();
        failureOf(() -> client().callDetails(AppType.VC, "s")).printStackTrace(new PrintWriter(trace));

        assertThat(trace.toString()).contains("***").doesNotContain("s3cret", "YXBwLWlkLTE6");
    }

    private static void call(URI url) {
        call(url, Duration.ofSeconds(5), 3);
    }

    private static void call(URI url, Duration readTimeout, int attempts) {
        SourceProperties source = source(
                Map.of("base-url", url, "max-attempts", attempts, "max-in-flight", 1, "read-timeout", readTimeout));
        try (ReportingClient client = new ReportingClient(
                source, Network.direct(), BASIC, Clock.systemUTC(), Duration.ofMillis(5), 1 << 20)) {
            client.sessions(QUERY);
        }
    }

    private static void sleep(Duration duration) {
        try {
            Thread.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
