package dev.billingexport.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WindowTest {

    @Test
    void aNameIsReadBackAndNoOtherWindowHasIt() {
        Period october = Period.of(YearMonth.of(2026, 10), ZoneId.of("America/St_Johns"));
        List<Window> windows = Stream.of(AppType.values())
                .flatMap(appType -> october.windows(appType, Duration.ofMinutes(90)).stream())
                .toList();

        Set<String> names = new HashSet<>();
        for (Window window : windows) {
            assertThat(Window.parse(window.name())).isEqualTo(window);
            assertThat(names.add(window.name())).as(window.name()).isTrue();
        }
    }

    @Test
    void aNameSaysWhatTheWindowIs() {
        Period october = Period.of(YearMonth.of(2026, 10), ZoneId.of("UTC"));

        assertThat(october.windows(AppType.WB, Duration.ofDays(1)).get(0).name())
                .isEqualTo("wb 2026-10-01T00:00:00Z 2026-10-02T00:00:00Z");
    }
}
