package dev.billingexport.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeriodTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void aCalendarMonthIsLabelledByItsMonth() {
        assertThat(Period.of(YearMonth.of(2026, 10), BERLIN).label()).isEqualTo("2026-10");
    }

    @Test
    void anyOtherPeriodIsLabelledByItsDays() {
        assertThat(new Period(LocalDate.of(2026, 10, 1), LocalDate.of(2026, 10, 15), BERLIN).label())
                .isEqualTo("2026-10-01_2026-10-15");
        assertThat(new Period(LocalDate.of(2026, 9, 1), LocalDate.of(2026, 11, 1), BERLIN).label())
                .isEqualTo("2026-09-01_2026-11-01");
    }

    @Test
    void anEmptyPeriodIsRefused() {
        LocalDate day = LocalDate.of(2026, 10, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Period(day, day, ZoneOffset.UTC))
                .withMessageContaining("is empty");
    }

    @Test
    void windowsCoverThePeriodWithoutGapsAndAreCutByTheClock() {
        List<Window> windows = Period.of(YearMonth.of(2026, 10), BERLIN).windows(AppType.VC, Duration.ofDays(1));

        assertThat(windows.get(0).start()).isEqualTo(Instant.parse("2026-09-30T22:00:00Z"));
        assertThat(windows.get(0).end()).isEqualTo(Instant.parse("2026-10-01T00:00:00Z"));
        assertThat(windows.get(31).end()).isEqualTo(Instant.parse("2026-10-31T23:00:00Z"));
        assertThat(windows).hasSize(32);
        for (int i = 1; i < windows.size(); i++) {
            assertThat(windows.get(i).start()).isEqualTo(windows.get(i - 1).end());
        }
    }

    @Test
    void aWindowHoldsItsStartButNotItsEnd() {
        Window window =
                new Window(AppType.WB, Instant.parse("2026-10-01T00:00:00Z"), Instant.parse("2026-10-02T00:00:00Z"));

        assertThat(window.contains(window.start())).isTrue();
        assertThat(window.contains(window.end().minusMillis(1))).isTrue();
        assertThat(window.contains(window.end())).isFalse();
    }
}
