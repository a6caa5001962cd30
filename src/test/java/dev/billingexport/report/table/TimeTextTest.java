package dev.billingexport.report.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeTextTest {

    @ParameterizedTest
    @CsvSource({
        "2026-10-01T00:00:00Z, UTC, 2026-10-01T00:00:00.000Z",
        "2026-10-01T00:00:00.0019Z, UTC, 2026-10-01T00:00:00.001Z",
        "2026-10-25T00:30:00.12Z, Europe/Berlin, 2026-10-25T02:30:00.120+02:00",
        "2026-10-25T01:30:00.12Z, Europe/Berlin, 2026-10-25T02:30:00.120+01:00",
        "2026-03-08T06:59:59.999Z, America/St_Johns, 2026-03-08T04:29:59.999-02:30",
        "0000-01-01T00:00:00Z, UTC, 0000-01-01T00:00:00.000Z",
        "0000-01-01T00:00:00Z, -00:01, -0001-12-31T23:59:00.000-00:01",
        "9999-12-31T23:59:59.999Z, UTC, 9999-12-31T23:59:59.999Z",
        "9999-12-31T23:59:59.999Z, +00:01, +10000-01-01T00:00:59.999+00:01",
        "1850-01-01T00:00:00.5Z, Europe/Berlin, 1850-01-01T00:53:28.500+00:53:28"
    })
    void isThatOfTheZone(Instant time, ZoneId zone, String text) {
        assertThat(TimeText.of(time, zone)).isEqualTo(text);
    }
}
