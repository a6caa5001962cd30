package dev.billingexport.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.billingexport.sample.RecordedSample;
import dev.billingexport.sample.Route;
import dev.billingexport.sample.SampleAccount;
import dev.billingexport.testing.Behaviour;
import dev.billingexport.testing.BillingProcess;
import dev.billingexport.testing.FakeApi;
import dev.billingexport.testing.ProgressLines;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The archive that the build made, unpacked, and its launcher, called through a link; all paths have spaces. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a shell script")
class LauncherIT {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @TempDir
    private static Path temporary;

    private static Path installed;
    private static Path link;

    @TempDir
    private Path work;

    private Path launcher;
    private Path folder;

    private final Map<String, String> environment = new HashMap<>();

    @BeforeAll
    static void install() throws IOException, InterruptedException {
        installed = temporary.resolve("billing export");
        link = install(installed);
    }

    @BeforeEach
    void prepare() throws IOException {
        folder = Files.createDirectory(work.resolve("a folder"));
        launcher = link;
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("BILLING_EXPORT_CACHE", "");
    }

    private static Path install(Path place) throws IOException, InterruptedException {
        Files.createDirectory(place);
        List<String> unpack =
                List.of("tar", "xzf", System.getProperty("archive"), "-C", place.toString(), "--strip-components=1");
        assertThat(new ProcessBuilder(unpack).inheritIO().start().waitFor()).isZero();
        return Files.createSymbolicLink(
                place.resolveSibling("link to " + place.getFileName()), place.resolve("bin/billing-export"));
    }

    @Test
    void runsTheSampleWithAShippedJob() {
        String job = installed.resolve("jobs/monthly-billing.yml").toString();
        try (BillingProcess process = start("run", job, "--sample")) {
            assertThat(process.exitCode()).as(process.err()).isZero();
            assertThat(process.out()).contains("Delivered 40 sessions to ");
        }
        assertThat(folder.resolve("out/sample/2026-10/manifest.json")).exists();
    }

    @Test
    void shipsNoClassOfTheTests() throws IOException, URISyntaxException {
        Path tests = Path.of(
                getClass().getProtectionDomain().getCodeSource().getLocation().toURI());
        List<String> ours;
        try (Stream<Path> files = Files.walk(installed)) {
            Path jar = files.filter(file -> file.getFileName().toString().matches("billing-export.*\\.jar"))
                    .findAny()
                    .orElseThrow();
            try (JarFile classes = new JarFile(jar.toFile())) {
                ours = classes.stream()
                        .map(JarEntry::getName)
                        .filter(name -> name.endsWith(".class"))
                        .toList();
            }
        }

        assertThat(ours)
                .contains("dev/billingexport/sample/SampleApi.class")
                .noneMatch(name -> Files.exists(tests.resolve(name)));
    }

    @Test
    void passesArgumentsExactlyAndIsNamedInMessages() {
        try (BillingProcess process = start("run", "no such  'file' *")) {
            assertThat(process.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(process.err()).isEqualTo("There is no job file no such  'file' *.\n");
        }
        try (BillingProcess process = start("walk")) {
            assertThat(process.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(process.err()).isEqualTo("Unknown argument 'walk'. Try ''" + launcher + "' --help'.\n");
        }
        environment.put("PATH", installed.resolve("bin") + ":" + System.getenv("PATH"));
        List<String> onThePath = List.of("/bin/sh", "-c", "billing-export walk");
        try (BillingProcess process = BillingProcess.start(onThePath, folder, environment)) {
            assertThat(process.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(process.err()).isEqualTo("Unknown argument 'walk'. Try 'billing-export --help'.\n");
        }
    }

    @Test
    void passesSignalsAndJavasOptions() {
        environment.put("ENABLEX_APP_ID", SampleAccount.APP_ID);
        environment.put("ENABLEX_APP_KEY", SampleAccount.APP_KEY);
        environment.put("JAVA_OPTS", "-XX:+UseG1GC -Dexport.name=of-java-opts");
        environment.put("BILLING_EXPORT_OPTS", "-Dexport.time-zone=Asia/Tokyo");
        Behaviour slow =
                Behaviour.DOCUMENTED.with().latency(Duration.ofMillis(150)).build();
        try (FakeApi api = FakeApi.start(0, slow, RecordedSample.sessions())) {
            environment.put("EXPORT_SOURCE_BASE_URL", api.baseUrl().toString());
            try (BillingProcess process = start("run", "--month=2026-10")) {
                process.await("collects", () -> api.counters().requests(Route.CDR) > 0);
                process.signal("TERM");

                assertThat(process.exitCode()).as(process.err()).isEqualTo(ExitCode.STOPPED);
                assertThat(process.out()).contains("of-java-opts, period 2026-10", "Asia/Tokyo");
                assertThat(process.err()).endsWith("To resume: '" + launcher + "' resume 1\n");
            }
        }
    }

    @Test
    void saysWhichJavaItNeeds() throws IOException {
        Path home = Files.createDirectories(folder.resolve("jdk 11"));
        environment.put("JAVA_HOME", home.toString());
        String need = " Java 17 or later is needed: install it, or let JAVA_HOME name its folder.\n";
        assertThat(refusal()).isEqualTo("JAVA_HOME is " + home + ", but there is no bin/java in it." + need);

        Path java = Files.createDirectory(home.resolve("bin")).resolve("java");
        Files.createFile(java, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.writeString(java, "#!/bin/sh\necho 'openjdk version \"1.8.0_462\"' >&2\n");
        assertThat(refusal()).isEqualTo(java + " is Java 1.8.0_462." + need);

        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Debian\"\nJAVA_VERSION=\"11.0.28\"\n");
        assertThat(refusal()).isEqualTo(java + " is Java 11.0.28." + need);
    }

    /** Two first starts at once make one archive of classes, for its owner alone, from nothing of this environment. */
    @Test
    void recordsAnArchiveOfClassesAndUsesIt() throws IOException, InterruptedException {
        // Under a path with a space Java 17 records none of our classes.
        launcher = install(temporary.resolve("billing-export"));
        Path cache = folder.resolve("a cache");
        environment.put("BILLING_EXPORT_CACHE", cache.toString());
        environment.put(
                "EXPORT_DELIVERY_LOCATION", folder.resolve("real deliveries").toString());
        try (BillingProcess one = start("--version");
                BillingProcess other = start("--version")) {
            assertThat(one.exitCode()).as(one.err()).isZero();
            assertThat(other.exitCode()).as(other.err()).isZero();
        }
        Path archive = awaitArchive(cache);

        assertThat(permissions(cache)).isEqualTo("rwx------");
        // Java 25 leaves its owner the right to write it.
        assertThat(permissions(archive)).isIn("r--------", "rw-------");
        assertThat(folder.resolve("real deliveries")).doesNotExist();
        assertThat(sharedClasses()).isPositive();

        // Where others can write, what lies there can't be trusted.
        Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(sharedClasses()).isZero();
    }

    /** With the launcher of this test in place of the one that the README installs. */
    @Test
    void systemdUnderstandsTheUnits() throws IOException, InterruptedException {
        Path systemd = Path.of("/usr/bin/systemd-analyze");
        assumeTrue(Files.isExecutable(systemd), "systemd-analyze is not installed");
        Path executable = Files.createSymbolicLink(folder.resolve("launcher"), installed.resolve("bin/billing-export"));
        List<String> command = new ArrayList<>(List.of(systemd.toString(), "verify", "--man=no"));
        for (String unit :
                List.of("billing-export.service", "billing-export-failure.service", "billing-export.timer")) {
            String text = Files.readString(installed.resolve("jobs").resolve(unit))
                    .replace("/opt/billing-export/bin/billing-export", "\"" + executable + "\"");
            command.add(Files.writeString(work.resolve(unit), text).toString());
        }
        Process verify = new ProcessBuilder(command).redirectErrorStream(true).start();

        assertThat(new String(verify.getInputStream().readAllBytes())).isEmpty();
        assertThat(verify.waitFor()).isZero();
    }

    private long sharedClasses() throws IOException {
        environment.put("BILLING_EXPORT_OPTS", "-Xlog:class+load:file=classes.log");
        try (BillingProcess process = start("--version")) {
            assertThat(process.exitCode()).as(process.err()).isZero();
            assertThat(ProgressLines.removed(process.err())).isEmpty();
        }
        try (Stream<String> lines = Files.lines(folder.resolve("classes.log"))) {
            return lines.filter(line -> line.contains(" dev.billingexport."))
                    .filter(line -> line.contains("shared objects file"))
                    .count();
        }
    }

    private static Path awaitArchive(Path cache) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try (Stream<Path> files = Files.list(cache)) {
                List<Path> found = files.toList();
                if (found.size() == 1 && found.get(0).toString().endsWith(".jsa")) {
                    return found.get(0);
                }
                assertThat(System.nanoTime()).as("still %s", found).isLessThan(deadline);
            }
            Thread.sleep(50);
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private String refusal() {
        try (BillingProcess process = start("runs")) {
            assertThat(process.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(process.out()).isEmpty();
            return process.err();
        }
    }

    private BillingProcess start(String... arguments) {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        return BillingProcess.start(command, folder, environment);
    }
}
