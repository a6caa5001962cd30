package dev.billingexport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.BillingExport;
import dev.billingexport.testing.BillingProcess;
import dev.billingexport.testing.SecondJvm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class UnknownSettingsTest {

    private final Map<String, Object> variables = new HashMap<>();
    private final Map<String, Object> properties = new HashMap<>();

    @ParameterizedTest
    @CsvSource({
        "EXPORT_REPORT_LOCAL,            EXPORT_REPORT_LOCALE",
        "EXPORT_RATING_CURENCY,          EXPORT_RATING_CURRENCY",
        "EXPORT_BOGUS,",
        "EXPORT_DELIVERY_S3_KEY,",
        "export_nam,                     EXPORT_NAME",
        "EXPORT_SOURCE_FILTER_BUY,       EXPORT_SOURCE_FILTER_BY",
        "EXPORT_RATING_PRICES_VC_MINUTE,"
    })
    void aMisspeltVariableIsRefused(String name, String meant) {
        variables.put("EXPORT_NAME", "x");
        variables.put(name, "x");

        assertThat(complaints())
                .containsExactly("Unknown property " + name + " in the environment."
                        + (meant == null ? "" : " Did you mean " + meant + "?"));
    }

    @Test
    void aMisspeltSystemPropertyIsRefused() {
        properties.put("export.report.local", "de");

        assertThat(complaints())
                .containsExactly("Unknown property export.report.local in the system properties. Did you mean"
                        + " export.report.locale?");
    }

    @Test
    void allAreToldAtOnce() {
        variables.put("EXPORT_BOGUS", "x");
        variables.put("EXPORT_OTHER", "x");
        properties.put("export.third", "x");

        assertThat(complaints()).hasSize(3);
    }

    /** Spring would take COSTCENTER for costcenter, another tag than CostCenter. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "EXPORT_DELIVERY_S3_TAGS_COSTCENTER",
                "EXPORT_DELIVERY_S3_TAGS_CostCenter",
                "export_delivery_s3_tags_team"
            })
    void aTagIsNoVariable(String name) {
        variables.put(name, "x");

        assertThat(complaints())
                .singleElement()
                .asString()
                .contains(name, "the job file, under export.delivery.s3.tags");
    }

    /** Those of a service that is called "export", or begins so. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "EXPORT_PORT=tcp://10.96.12.7:8080",
                "EXPORT_SERVICE_HOST=10.96.12.7",
                "EXPORT_SERVICE_PORT=8080",
                "EXPORT_SERVICE_PORT_HTTP=8080",
                "EXPORT_SERVICE_PORT_GRPC_WEB=8081",
                "EXPORT_PORT_8080_TCP=tcp://10.96.12.7:8080",
                "EXPORT_PORT_8080_TCP_PROTO=tcp",
                "EXPORT_PORT_8080_TCP_PORT=8080",
                "EXPORT_PORT_8080_TCP_ADDR=10.96.12.7",
                "EXPORT_PORT_53_UDP=udp://[fd00::7]:53",
                "EXPORT_PORT_53_UDP_PROTO=udp",
                "EXPORT_API_PORT=tcp://10.96.12.8:80",
                "EXPORT_API_SERVICE_HOST=10.96.12.8",
                "EXPORT_API_V2_PORT_443_TCP_ADDR=10.96.12.8"
            })
    void whatKubernetesSetsPasses(String variable) {
        variables.put(variable.split("=", 2)[0], variable.split("=", 2)[1]);

        assertThat(complaints()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "EXPORT_PORT=8080",
                "EXPORT_PORT_8080_TCP_NAME=x",
                "EXPORT_SERVICE_PORT=http",
                "EXPORT_SERVICE=x",
                "EXPORT_HOST=10.96.12.7",
                "export_port=tcp://10.96.12.7:8080"
            })
    void whatKubernetesDoesNotSetIsRefused(String variable) {
        variables.put(variable.split("=", 2)[0], variable.split("=", 2)[1]);

        assertThat(complaints()).hasSize(1);
    }

    /** In a process of its own, for a JVM reads its variables in the locale that it starts with. */
    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void aVariableThatTheLocaleHasNoLettersForIsRefused(@TempDir Path folder) {
        List<String> command = new ArrayList<>(List.of(
                "sh", "-c", "LC_ALL=C EXPORT_SOURCE_FILTER_VALUE=\"$(printf 'Ren\\303\\251')\" exec \"$@\"", "sh"));
        command.addAll(SecondJvm.main(BillingExport.class, "run", "--sample"));

        try (BillingProcess process =
                BillingProcess.start(command, folder, Map.of("EXPORT_SOURCE_FILTER_BY", "user_id"))) {
            assertThat(process.exitCode()).isEqualTo(2);
            assertThat(process.err())
                    .isEqualTo(
                            "EXPORT_SOURCE_FILTER_VALUE holds characters that this process's locale can't represent: set"
                                    + " LC_ALL=C.UTF-8 in the environment.\n");
        }
        assertThat(folder.resolve("data")).doesNotExist();
    }

    /** Whatever its value, for that is checked with all others. */
    @Test
    void everyPropertyIsKnownInEitherForm() {
        for (String name : """
                name time-zone data-dir source.base-url source.app-types source.filter.by source.filter.value
                source.page-length source.window source.max-in-flight source.max-per-second source.connect-timeout
                source.read-timeout source.max-attempts source.settle report.formats report.mask report.csv.gzip
                report.csv.formula-guard report.split-by report.tolerance report.locale rating.currency
                rating.prices.vc.participant-minute rating.prices.wb.recorded-minute rating.round-up-to
                rating.amount-rounding rating.minimum delivery.location delivery.s3.endpoint delivery.s3.region
                delivery.s3.path-style delivery.s3.encryption delivery.s3.kms-key-id delivery.s3.acl
                delivery.s3.storage-class""".split("\\s+")) {
            properties.put("export." + name, "?");
            variables.put("EXPORT_" + name.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT), "?");
            variables.put("EXPORT_" + name.replace('.', '_').replace("-", "").toUpperCase(Locale.ROOT), "?");
        }
        variables.put("EXPORT_SOURCE_APP_TYPES_0", "vc");
        variables.put("EXPORT_LEFT_EMPTY", "");
        variables.put("EXPORTER_HOME", "not ours");

        properties.put("export.delivery.s3.tags.team", "?");

        assertThat(complaints()).isEmpty();
    }

    private List<String> complaints() {
        StandardEnvironment environment = new StandardEnvironment();
        MutablePropertySources sources = environment.getPropertySources();
        sources.replace(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                new SystemEnvironmentPropertySource(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
        sources.replace(
                StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME,
                new MapPropertySource(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME, properties));
        return UnknownSettings.of(environment);
    }
}
