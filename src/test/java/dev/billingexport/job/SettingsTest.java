package dev.billingexport.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class SettingsTest {

    @Test
    void everySettingOfTheReportHasItsPropertysName() {
        assertThat(settings(Map.of(
                        "export.report.mask", "name, ip",
                        "export.report.tolerance", "90s",
                        "export.rating.currency", "EUR",
                        "export.rating.prices.vc.participant-minute", "0.0040")))
                .containsEntry("export.report.mask", "ip, name")
                .containsEntry("export.report.tolerance", "90s")
                .containsEntry("export.report.csv.gzip", "false")
                .containsEntry("export.report.split-by", "none")
                .containsEntry("export.rating.currency", "EUR")
                .containsEntry("export.rating.prices", "vc (participant-minute 0.004, recorded-minute 0)")
                .containsKeys("export.report.formats", "export.report.locale", "export.report.csv.separator")
                .allSatisfy((name, value) -> assertThat(name).matches("export\\.(report|rating)\\.[a-z.-]+"));
    }

    @Test
    void whatDiffersIsNamedButNotWhatOnlyOneVersionKnows() {
        SortedMap<String, String> now = settings(Map.of("export.report.locale", "de"));
        SortedMap<String, String> delivered = new TreeMap<>(settings(Map.of()));
        delivered.remove("export.report.tolerance");
        delivered.put("export.report.forgotten", "yes");

        assertThat(Settings.differences(delivered, now)).containsExactly("export.report.locale: was en, is de");
        assertThat(Settings.differences(now, now)).isEmpty();
        assertThat(Settings.differences(null, now)).isEmpty();
    }

    private static SortedMap<String, String> settings(Map<String, String> properties) {
        return Settings.of(new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("export", ExportProperties.class));
    }
}
