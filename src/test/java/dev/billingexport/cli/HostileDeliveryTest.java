package dev.billingexport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.billingexport.testing.BillingProcess;
import dev.billingexport.testing.DeliveredFolder;
import dev.billingexport.testing.FolderContents;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Deliveries that nobody delivered, read in less memory than any of them asks for. */
@Timeout(180)
class HostileDeliveryTest {

    private static final Map<String, String> SMALL_HEAP = Map.of("JAVA_TOOL_OPTIONS", "-Xmx256m");

    /** More than the heap, and little once it is compressed. */
    private static final int INFLATED = 300_000_000;

    private static final AtomicInteger PAGES = new AtomicInteger();

    @TempDir
    static Path delivered;

    private static Path export;

    @TempDir
    Path folder;

    @BeforeAll
    static void deliver() throws IOException {
        Terminal.Screen screen = new Terminal(delivered)
                .set("export.report.csv.gzip", "true")
                .set("export.report.formats", "csv,xlsx")
                .type("run", "--sample");
        assertThat(screen.exitCode()).as("%s", screen).isZero();
        try (var exports = Files.list(delivered.resolve("out"))) {
            export = exports.findFirst().orElseThrow();
        }
    }

    /** Each month is another attack; all are read by one process, so that one that is not survived shows. */
    @Test
    void noneOfThemFillsTheMemoryOrTakesTheDay() throws IOException {
        Path months = folder.resolve("export");
        attack(months, "2026-01", month -> bomb(month, "sessions.csv.gz", gzip()));
        attack(months, "2026-02", month -> bomb(month, workbook(month), zip("xl/sharedStrings.xml")));
        attack(months, "2026-03", month -> bomb(month, workbook(month), zip("xl/worksheets/sheet1.xml")));
        attack(months, "2026-04", HostileDeliveryTest::enlargeManifests);
        attack(months, "2026-05", month -> month.manifests("\"days.csv.gz\"", "\"" + "a/".repeat(20_000) + "b\""));
        attack(months, "2026-06", month -> month.manifests("(session_minutes\" : )[0-9.]+", "$11E+80000000"));
        attack(months, "2026-07", month -> month.manifests("\"source\"", nested() + ", \"source\""));
        attack(months, "2026-08", month -> month.write("r1/" + "a/".repeat(40) + "b", "x"));

        try (BillingProcess process = BillingProcess.start(folder, SMALL_HEAP, "verify", months.toString())) {
            assertThat(process.exitCode()).as(process.err()).isEqualTo(ExitCode.DIFFERENT);
            assertThat(process.out())
                    .contains(
                            "sessions.csv.gz: it is not a CSV file: ",
                            "It has more than 33554432 bytes.",
                            "can't be the name of a delivered file.",
                            "A figure has more digits than any billed figure.",
                            "nesting depth",
                            "there are more files or deeper folders than an export writes",
                            ".xlsx: rows: the manifest says ")
                    .endsWith("Not verified: there are differences.\n");
            assertThat(process.err()).doesNotContain("OutOfMemory", "StackOverflow");
        }
    }

    @Test
    void aRunOverThemSaysThatChangesAreNotKnown() throws IOException {
        Path work = folder.resolve("work");
        FileSystemUtils.copyRecursively(delivered, work);
        Path month = work.resolve(delivered.relativize(export)).resolve("2026-10");
        bomb(new DeliveredFolder(month), "sessions.csv.gz", gzip());

        try (BillingProcess process = BillingProcess.start(
                work,
                Map.of("JAVA_TOOL_OPTIONS", "-Xmx256m", "EXPORT_REPORT_FORMATS", "csv"),
                "run",
                "--sample",
                "--rerun")) {
            assertThat(process.exitCode()).as(process.err()).isZero();
            assertThat(process.out() + process.err()).contains("changes").contains("not known");
        }
        Terminal.Screen compared = new Terminal(work)
                .type(
                        "compare",
                        month.resolve("r1").toString(),
                        month.resolve("r2").toString());
        assertThat(compared.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(compared.err()).singleElement().asString().startsWith("sessions.csv.gz: it is not a CSV file: ");
    }

    /** Wherever it comes from: Java has no such thing as enough memory. */
    @Test
    void anErrorIsAFailureAndNoStop() {
        StringWriter err = new StringWriter();
        CommandLine commands = new CommandLine(new Failing()).setErr(new PrintWriter(err, true));

        int exitCode = CommandLineInterface.execute(commands, new Verbosity());

        assertThat(exitCode).isEqualTo(ExitCode.FAILED);
        assertThat(err)
                .hasToString("Failed: There is not enough memory: Java heap space. Give Java more memory, for example"
                        + " JAVA_TOOL_OPTIONS=-Xmx1g.\n");
        assertThat(Errors.exitCode(new UsageException("x", new StackOverflowError())))
                .isEqualTo(ExitCode.FAILED);
    }

    @Command(name = "failing")
    private static final class Failing implements Callable<Integer> {

        @Override
        public Integer call() {
            throw new OutOfMemoryError("Java heap space");
        }
    }

    @Test
    void aBucketWithoutAnEndIsGivenUp() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ExecutorService threads = Executors.newCachedThreadPool();
        server.setExecutor(threads);
        server.createContext("/", HostileDeliveryTest::answer);
        server.start();
        try {
            Terminal.Screen screen = new Terminal(folder)
                    .set("aws.accessKeyId", "id")
                    .set("aws.secretAccessKey", "secret")
                    .set(
                            "export.delivery.s3.endpoint",
                            "http://127.0.0.1:" + server.getAddress().getPort())
                    .set("export.delivery.s3.path-style", "true")
                    .type("verify", "s3://bucket/billing/2026-10");

            assertThat(screen.exitCode()).as("%s", screen).isEqualTo(ExitCode.DIFFERENT);
            assertThat(screen.out())
                    .anyMatch(line -> line.contains("there are more files or deeper folders than an export writes"))
                    .anyMatch(line ->
                            line.contains("manifest.json: it is not a manifest: It has more than 33554432 bytes."));
        } finally {
            server.stop(0);
            threads.shutdownNow();
        }
    }

    /** Each page is followed by another one, and the manifest has a terabyte. */
    private static void answer(HttpExchange exchange) throws IOException {
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        try (exchange) {
            if (query.contains("delimiter")) {
                send(exchange, "<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>");
            } else if (query.contains("list-type")) {
                int page = PAGES.incrementAndGet();
                send(
                        exchange,
                        IntStream.range(0, 1_000)
                                .mapToObj(key ->
                                        "<Contents><Key>billing/2026-10/r1/%d-%d</Key></Contents>".formatted(page, key))
                                .collect(Collectors.joining(
                                        "",
                                        "<ListBucketResult><IsTruncated>true</IsTruncated>"
                                                + "<NextContinuationToken>after-" + page + "</NextContinuationToken>",
                                        "</ListBucketResult>")));
            } else {
                exchange.sendResponseHeaders(200, 1_000_000_000_000L);
                byte[] part = new byte[1 << 16];
                while (true) {
                    exchange.getResponseBody().write(part);
                }
            }
        } catch (IOException hungUp) {
            // As it shall.
        }
    }

    private static void send(HttpExchange exchange, String xml) throws IOException {
        byte[] bytes = xml.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static void attack(Path months, String label, Consumer<DeliveredFolder> change) throws IOException {
        Path month = months.resolve(label);
        FileSystemUtils.copyRecursively(export.resolve("2026-10"), month);
        change.accept(new DeliveredFolder(month));
    }

    private static void bomb(DeliveredFolder month, String file, byte[] content) {
        try {
            Files.write(month.file("r1/" + file), content);
            month.sign();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String workbook(DeliveredFolder month) {
        return FolderContents.names(month.file("r1")).stream()
                .filter(name -> name.endsWith(".xlsx"))
                .findFirst()
                .orElseThrow();
    }

    /** One line. */
    private static byte[] gzip() {
        try (var bytes = new ByteArrayOutputStream()) {
            try (OutputStream out = new GZIPOutputStream(bytes)) {
                write(out);
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** One text, or one tag. */
    private static byte[] zip(String part) {
        try (var bytes = new ByteArrayOutputStream()) {
            try (ZipOutputStream out = new ZipOutputStream(bytes)) {
                out.putNextEntry(new ZipEntry("xl/worksheets/sheet2.xml"));
                out.write("<worksheet/>".getBytes(StandardCharsets.UTF_8));
                out.putNextEntry(new ZipEntry(part));
                out.write("<row r=\"1".getBytes(StandardCharsets.UTF_8));
                write(out);
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void write(OutputStream out) throws IOException {
        byte[] part = new byte[1 << 20];
        Arrays.fill(part, (byte) '7');
        for (int written = 0; written < INFLATED; written += part.length) {
            out.write(part);
        }
    }

    private static void enlargeManifests(DeliveredFolder month) {
        for (String name : List.of("manifest.json", "r1/manifest.json")) {
            try (RandomAccessFile file = new RandomAccessFile(month.file(name).toFile(), "rw")) {
                file.setLength(600_000_000);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    private static String nested() {
        return "\"new\" : " + "[".repeat(100_000) + "]".repeat(100_000);
    }
}
