package dev.billingexport.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billingexport.BillingExport;
import dev.billingexport.SecondJvm;
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
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class UnknownSettingsTest {

    private final Map<String, Object> variables = new HashMap<>();
    private final Map<String, Object> properties = new HashMap<>();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "EXPORT_REPORT_LOCAL",
                "EXPORT_RATING_CURENCY",
                "EXPORT_BOGUS",
                "EXPORT_DELIVERY_S3_KEY",
                "export_nam",
                "EXPORT_SOURCE_FILTER_WITH",
                "EXPORT_RATING_PRICES_VC_MINUTE"
            })
    void aMisspeltVariableIsRefused(String name) {
        variables.put("EXPORT_NAME", "x");
        variables.put(name, "x");

        assertThatThrownBy(this::refuse)
                .isInstanceOf(UsageException.class)
                .hasMessage("Unknown property " + name + " in the environment.");
    }

    @Test
    void aMisspeltSystemPropertyIsRefused() {
        properties.put("export.report.local", "de");

        assertThatThrownBy(this::refuse)
                .isInstanceOf(UsageException.class)
                .hasMessage("Unknown property export.report.local in the system properties.");
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
                    .isEqualTo("EXPORT_SOURCE_FILTER_VALUE holds letters that the locale of this process has not: set"
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
                delivery.s3.storage-class delivery.s3.tags.team""".split("\\s+")) {
            properties.put("export." + name, "?");
            variables.put("EXPORT_" + name.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT), "?");
            variables.put("EXPORT_" + name.replace('.', '_').replace("-", "").toUpperCase(Locale.ROOT), "?");
        }
        variables.put("EXPORT_SOURCE_APP_TYPES_0", "vc");
        variables.put("EXPORT_LEFT_EMPTY", "");
        variables.put("EXPORTER_HOME", "not ours");

        assertThatCode(this::refuse).doesNotThrowAnyException();
    }

    private void refuse() {
        StandardEnvironment environment = new StandardEnvironment();
        MutablePropertySources sources = environment.getPropertySources();
        sources.replace(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                new SystemEnvironmentPropertySource(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
        sources.replace(
                StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME,
                new MapPropertySource(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME, properties));
        UnknownSettings.refuse(environment);
    }
}
