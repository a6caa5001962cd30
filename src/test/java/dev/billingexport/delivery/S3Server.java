package dev.billingexport.delivery;

import dev.billingexport.testing.SecondJvm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A real S3 server in a process of its own, which ends with this one. Each is started once, when a test first needs it,
 * and serves all the others too: a test takes a bucket of its own.
 */
public final class S3Server {

    public static final String KEY = "AKIDTEST";
    public static final String SECRET = "a-secret-that-nobody-may-see";

    /** Fewer than in earnest, for they take longer and longer. */
    private static final int ATTEMPTS = 4;

    private static final Path JARS = Path.of("target", "s3-servers");
    private static @Nullable S3Server mock;
    private static @Nullable S3Server proxy;
    private static @Nullable S3Server readOnly;

    private final URI endpoint;

    private S3Server(URI endpoint) {
        this.endpoint = endpoint;
    }

    /** Adobe's S3Mock: all that a delivery uses, but it takes any credentials. */
    public static synchronized S3Server mock() throws Exception {
        if (mock == null) {
            int port = freePort();
            Path store = temporary();
            mock = start(
                    port,
                    List.of(
                            "s3mock.jar",
                            "--http.port=" + port,
                            "--server.port=0",
                            "--spring.main.lazy-initialization=true",
                            "--com.adobe.testing.s3mock.store.valid-kms-keys=arn:aws:kms:us-east-1:123456789012:key/billing",
                            "--com.adobe.testing.s3mock.store.root=" + store));
        }
        return mock;
    }

    /** S3Proxy, which checks signatures. */
    static synchronized S3Server proxy() throws Exception {
        if (proxy == null) {
            proxy = proxy(temporary(), false);
        }
        return proxy;
    }

    /** S3Proxy with one empty bucket {@code archive} that nobody can write to. */
    static synchronized S3Server readOnly() throws Exception {
        if (readOnly == null) {
            Path store = temporary();
            Files.createDirectory(store.resolve("archive"));
            readOnly = proxy(store, true);
        }
        return readOnly;
    }

    private static S3Server proxy(Path store, boolean readOnly) throws Exception {
        int port = freePort();
        Map<String, Object> properties = Map.of(
                "s3proxy.endpoint",
                "http://127.0.0.1:" + port,
                "s3proxy.authorization",
                "aws-v2-or-v4",
                "s3proxy.identity",
                KEY,
                "s3proxy.credential",
                SECRET,
                "s3proxy.ignore-unknown-headers",
                true,
                "s3proxy.read-only-blobstore",
                readOnly,
                "jclouds.provider",
                "filesystem-nio2",
                "jclouds.filesystem.basedir",
                store);
        Path file = Files.writeString(
                temporary().resolve("s3proxy.properties"),
                properties.entrySet().stream()
                        .map(property -> property.getKey() + "=" + property.getValue())
                        .collect(Collectors.joining("\n")));
        return start(port, List.of("s3proxy.jar", "--properties", file.toString()));
    }

    public URI endpoint() {
        return endpoint;
    }

    /** A new bucket. */
    public String bucket() {
        String bucket = "b-" + UUID.randomUUID();
        try (S3Client client = client(endpoint)) {
            client.createBucket(request -> request.bucket(bucket));
        }
        return bucket;
    }

    public S3Client client() {
        return client(endpoint);
    }

    static S3Client client(URI endpoint) {
        return client(endpoint, KEY, SECRET);
    }

    static S3Client client(URI endpoint, String key, String secret) {
        return client(endpoint, key, secret, Map.of());
    }

    static S3Client client(URI endpoint, Map<String, String> settings) {
        return client(endpoint, KEY, SECRET, settings);
    }

    private static S3Client client(URI endpoint, String key, String secret, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.putAll(Map.of("endpoint", endpoint.toString(), "path-style", "true"));
        return S3Connection.client(
                Rendered.to("s3://unused", all).s3(),
                StaticCredentialsProvider.create(AwsBasicCredentials.create(key, secret)),
                ATTEMPTS);
    }

    private static S3Server start(int port, List<String> jarAndArguments) throws Exception {
        List<String> command = SecondJvm.java(
                "-Xmx256m", "-jar", JARS.resolve(jarAndArguments.get(0)).toString());
        command.addAll(jarAndArguments.subList(1, jarAndArguments.size()));
        Path log = temporary().resolve("log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        for (int tries = 0; !listens(port); tries++) {
            if (!process.isAlive() || tries > 600) {
                throw new IllegalStateException("No S3 server: " + Files.readString(log));
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return new S3Server(URI.create("http://127.0.0.1:" + port));
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Path temporary() throws IOException {
        Path folder = Files.createTempDirectory("s3-server-");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                FileSystemUtils.deleteRecursively(folder);
            } catch (IOException leftToTheSystem) {
                return;
            }
        }));
        return folder;
    }
}
