package dev.billingexport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.sample.RecordedSample;
import dev.billingexport.sample.SampleAccount;
import dev.billingexport.testing.Behaviour;
import dev.billingexport.testing.BillingProcess;
import dev.billingexport.testing.FakeApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing depends on where a command is typed, or on what other programs of Spring Boot's are told in the environment. */
class WorkingDirectoryTest {

    private static final String PLANTED = """
            export:
              time-zone: Asia/Tokyo
              report.formats: html
            spring:
              main.banner-mode: console
              banner.location: file:banner.txt
            logging.file.name: planted.log
            """;

    @TempDir
    private Path folder;

    @Test
    void whatLiesThereIsNotRead() throws IOException {
        for (String place : List.of("", "config/", "config/sub/", "elsewhere/")) {
            Files.createDirectories(folder.resolve(place));
            for (String name : List.of("application.yml", "application-prod.yml", "job.yml", "billing.yaml")) {
                Files.writeString(folder.resolve(place + name), PLANTED);
            }
            Files.writeString(folder.resolve(place + "application.properties"), "export.time-zone=Asia/Tokyo\n");
        }
        Files.writeString(folder.resolve("banner.txt"), "PLANTED\n");
        Files.writeString(folder.resolve("planted.xml"), "<configuration debug='true'/>");
        Map<String, String> environment = new HashMap<>(Map.of(
                "SPRING_CONFIG_LOCATION", "file:elsewhere/",
                "SPRING_CONFIG_ADDITIONAL_LOCATION", "file:elsewhere/",
                "SPRING_CONFIG_NAME", "job",
                "SPRING_PROFILES_ACTIVE", "prod",
                "SPRING_APPLICATION_JSON", "{\"export\":{\"time-zone\":\"Asia/Tokyo\"}}",
                "SPRING_MAIN_BANNER_MODE", "console",
                "LOGGING_CONFIG", "file:planted.xml",
                "LOGGING_FILE_NAME", "planted.log",
                "DEBUG", "true",
                "SPRING_DATASOURCE_DRIVER_CLASS_NAME", "planted.Driver"));
        environment.put(
                "JAVA_TOOL_OPTIONS",
                "-Dspring.config.location=file:elsewhere/ -Dspring.profiles.active=prod"
                        + " -Dlogging.config=file:planted.xml -Dspring.main.sources=planted.Bean");

        try (BillingProcess process = BillingProcess.start(
                folder, environment, "run", "--sample", "--from=2026-10-05", "--to=2026-10-06", "--format=csv")) {
            assertThat(process.exitCode()).as(process.err()).isZero();
            assertThat(process.out()).contains("(exclusive), UTC;").doesNotContain("PLANTED");
            assertThat(process.err().lines()).singleElement().asString().startsWith("Picked up JAVA_TOOL_OPTIONS");
        }
        assertThat(folder.resolve("planted.log")).doesNotExist();
    }

    /** The one exception: every program of a company's network goes by it. */
    @Test
    void theProxyOfTheEnvironmentIsUsed() {
        Map<String, String> environment =
                Map.of("https_proxy", "socks5://proxy.example.com", "ENABLEX_APP_ID", "id", "ENABLEX_APP_KEY", "key");

        try (BillingProcess process = BillingProcess.start(folder, environment, "run", "--month=2026-10")) {
            assertThat(process.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(process.err()).contains("HTTPS_PROXY must be the address of an HTTP proxy");
        }
    }

    /** A placeholder of Spring's would have put the secret into the manifest. */
    @Test
    void aPlaceholderIsText() throws IOException {
        try (FakeApi api = FakeApi.start(0, Behaviour.DOCUMENTED, RecordedSample.sessions())) {
            Files.writeString(folder.resolve("acme,inc; 50% #1.yml"), """
                    export:
                      source.filter:
                        by: user_id
                        value: ${ENABLEX_APP_KEY} ${x:${ENABLEX_APP_ID}}
                      data-dir: ${ENABLEX_APP_KEY}
                    """);

            try (BillingProcess process = BillingProcess.start(
                    folder,
                    BillingProcess.connect(api, "EXPORT_DELIVERY_LOCATION=${ENABLEX_APP_KEY}/out"),
                    "run",
                    "acme,inc; 50% #1.yml",
                    "--month=2026-10",
                    "--format=csv")) {
                assertThat(process.exitCode()).as(process.err()).isZero();
                assertThat(process.out()).startsWith("acme-inc--50---1, period");
            }
            assertThat(folder.resolve("${ENABLEX_APP_KEY}/billing-export.mv.db"))
                    .exists();
            assertThat(folder.resolve("${ENABLEX_APP_KEY}/out/acme-inc--50---1/2026-10/manifest.json"))
                    .content()
                    .contains("${ENABLEX_APP_KEY} ${x:${ENABLEX_APP_ID}}")
                    .doesNotContain(SampleAccount.APP_KEY);
        }
    }

    @Test
    void aCredentialIsTakenAsItIs() {
        String key = "a${HOME}b${x:${y}}\\${z}#{1}$";
        System.setProperty("ENABLEX_APP_KEY", key);
        try {
            assertThat(ExportEnvironment.of(null, List.of()).getProperty("ENABLEX_APP_KEY"))
                    .isEqualTo(key);
        } finally {
            System.clearProperty("ENABLEX_APP_KEY");
        }
    }

    @Test
    void onlyMountedFilesAreImported() throws IOException {
        Files.writeString(folder.resolve("more.yml"), PLANTED);
        for (String wanted : List.of(
                "file:more.yml",
                "more.yml",
                "optional:file:more.yml",
                "http://127.0.0.1:1/x.yml",
                "classpath:application.yml",
                "env:HOME",
                "configtree:.,http://127.0.0.1:1/x.yml")) {
            Terminal.Screen screen =
                    new Terminal(folder).set("spring.config.import", wanted).type("run", "--sample");

            assertThat(screen.exitCode()).isEqualTo(2);
            assertThat(screen.err()).singleElement().asString().startsWith("SPRING_CONFIG_IMPORT = ");
        }
    }

    /** Kubernetes and Docker mount one folder a secret, each value once more below a hidden folder. */
    @Test
    void mountedFilesAreNamedLikeVariablesOrProperties() throws IOException {
        write("secrets/enablex/ENABLEX_APP_ID", "the id\n");
        write("secrets/enablex/..data/ENABLEX_APP_ID", "hidden");
        write("secrets/other/ENABLEX_APP_KEY", "${the key}");
        write("secrets/other/EXPORT_SOURCE_PAGE_LENGTH", "7");
        write("secrets/other/export.source.max-attempts", "3");
        write("secrets/other/spring.main.sources", "planted.Bean");
        write("secrets/other/tls.key", "somebody else's");

        Map<String, Object> files = MountedFiles.read("configtree:" + folder.resolve("secrets") + "/*/");

        assertThat(files)
                .containsOnly(
                        Map.entry("ENABLEX_APP_ID", "the id"),
                        Map.entry("ENABLEX_APP_KEY", "${the key}"),
                        Map.entry("EXPORT_SOURCE_PAGE_LENGTH", "7"),
                        Map.entry("export.source.max-attempts", "3"));
        assertThat(MountedFiles.read("optional:configtree:" + folder.resolve("none") + "/"))
                .isEmpty();
        assertThat(MountedFiles.read("configtree:" + folder.resolve("secrets/enablex") + "/;configtree:"
                        + folder.resolve("secrets/other")))
                .isEqualTo(files);
    }

    private void write(String name, String content) throws IOException {
        Files.createDirectories(folder.resolve(name).getParent());
        Files.writeString(folder.resolve(name), content);
    }
}
