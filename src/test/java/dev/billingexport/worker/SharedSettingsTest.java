package dev.billingexport.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a launch writes into the database is what a worker compares its own settings with. */
class SharedSettingsTest {

    @Test
    void everyValueIsReadAsItWasWritten() {
        SharedSettings settings = settings(Map.of(
                "a backslash", "C:\\new\\room",
                "line breaks", "one\ntwo\r\nthree",
                "an equals sign", "a=b",
                "nothing", ""));

        SharedSettings read = SharedSettings.parse(settings.text());

        assertThat(read).isEqualTo(settings);
        assertThat(settings.differences(read)).isEmpty();
    }

    @Test
    void differencesAreNamedFromBothSides() {
        SharedSettings worker = settings(Map.of("page-length", "100", "only here", "1", "window", "1d"));
        SharedSettings launch = settings(Map.of("page-length", "50", "only there", "2", "window", "1d"));

        assertThat(worker.differences(launch))
                .containsExactly(
                        "only here is 1 here and none there",
                        "only there is none here and 2 there",
                        "page-length is 100 here and 50 there");
    }

    private static SharedSettings settings(Map<String, String> values) {
        return new SharedSettings(new TreeMap<>(values));
    }
}
