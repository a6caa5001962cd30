package dev.billingexport.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.billingexport.testing.BillingProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Answers of two hundred megabytes, many of them at once, to a process that has less memory than one of them. */
@Timeout(120)
class SmallHeapTest {

    private static final int SESSIONS = 4;
    private static final int BODY = 200_000_000;

    @TempDir
    private Path folder;

    @Test
    void anAnswerThatIsTooLargeIsAProblemAndNothingMore() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ExecutorService threads = Executors.newCachedThreadPool();
        server.setExecutor(threads);
        server.createContext("/", SmallHeapTest::answer);
        server.start();
        try (BillingProcess process = BillingProcess.start(
                folder,
                Map.of(
                        "JAVA_TOOL_OPTIONS",
                        "-Xmx128m",
                        "ENABLEX_APP_ID",
                        "id",
                        "ENABLEX_APP_KEY",
                        "key",
                        "EXPORT_SOURCE_BASE_URL",
                        "http://127.0.0.1:" + server.getAddress().getPort(),
                        "EXPORT_SOURCE_MAX_ATTEMPTS",
                        "1",
                        "EXPORT_SOURCE_APP_TYPES",
                        "vc"),
                "run",
                "--from=2026-10-05",
                "--to=2026-10-06")) {
            assertThat(process.exitCode()).as(process.err()).isEqualTo(ExitCode.FAILED);
            assertThat(process.err())
                    .contains(
                            "Not delivered: sessions could not be collected. Problems: " + 2 * SESSIONS + ".",
                            "longer than 67108864 bytes")
                    .doesNotContain("OutOfMemory");
        } finally {
            server.stop(0);
            threads.shutdownNow();
        }
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        try (exchange) {
            if (path.endsWith("/sessions")) {
                byte[] page = page(exchange.getRequestURI().getQuery()).getBytes(UTF_8);
                exchange.sendResponseHeaders(200, page.length);
                exchange.getResponseBody().write(page);
            } else {
                exchange.sendResponseHeaders(200, 0);
                boolean text = path.endsWith("/cdr");
                OutputStream out = exchange.getResponseBody();
                out.write((text ? "{\"result\":1,\"cdr\":[{\"name\":\"" : "{\"result\":1,\"recordings\":[")
                        .getBytes(UTF_8));
                byte[] part = (text ? "x" : "{},").repeat(20_000).getBytes(UTF_8);
                for (int sent = 0; sent < BODY; sent += part.length) {
                    out.write(part);
                }
            }
        } catch (IOException hungUp) {
            // As it shall.
        }
    }

    private static String page(String query) {
        return IntStream.range(0, query.contains("page=1&") ? SESSIONS : 0)
                .mapToObj("{\"session_id\":\"s%d\",\"trans_date\":\"2026-10-05 12:00:00\"}"::formatted)
                .collect(Collectors.joining(",", "{\"result\":1,\"sessions\":[", "]}"));
    }
}
