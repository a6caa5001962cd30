package dev.billingexport.report.table;

import static dev.billingexport.report.Month.callDetail;
import static dev.billingexport.report.Month.recording;
import static dev.billingexport.report.Month.session;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.report.Month;
import dev.billingexport.report.Months;
import dev.billingexport.session.AppType;
import dev.billingexport.session.Usage;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class UsageSummaryTest {

    @Test
    void aDayIsOneOfTheExportsTimeZone() {
        UsageSummary summary = UsageSummary.of(
                Months.plain().sessions(), Month.head(Month.BERLIN).period());

        assertThat(summary.days().map(DayUsage::day))
                .containsExactly(LocalDate.of(2026, 10, 1), LocalDate.of(2026, 10, 2), LocalDate.of(2026, 11, 1));
    }

    @Test
    void aUserHasTheLastNameThatWasGiven() {
        UsageSummary summary =
                UsageSummary.of(Months.plain().sessions(), Month.head(Month.UTC).period());

        assertThat(summary.users().map(user -> user.userId() + " " + user.userName() + " " + user.appType()))
                .containsExactly("u-1 Grace VC", "u-2 Ada Lovelace VC", "u-2 Ada Lovelace WB");
        assertThat(summary.userCount(AppType.WB)).isEqualTo(1);
        assertThat(summary.userCount()).isEqualTo(2);
    }

    @Test
    void sumsAreExactAndTheSameFromEverySide() {
        UsageSummary summary =
                UsageSummary.of(Months.plain().sessions(), Month.head(Month.UTC).period());

        Usage expected = new Usage(
                4,
                new BigDecimal("191.75"),
                3,
                new BigDecimal("90.625"),
                2,
                new BigDecimal("90.5"),
                BigDecimal.valueOf(3_145_728));
        assertThat(summary.total()).isEqualTo(expected);
        assertThat(summary.users().map(UserUsage::usage).reduce(Usage.NONE, Usage::plus))
                .isEqualTo(expected);
        assertThat(summary.days().map(DayUsage::usage).reduce(Usage.NONE, Usage::plus))
                .isEqualTo(expected);
        assertThat(summary.usage(AppType.VC).plus(summary.usage(AppType.WB))).isEqualTo(expected);
    }

    /** Details in one session only would let a largest value pass for a sum. */
    @Test
    void allThatSeveralSessionsHaveIsAddedUp() {
        Month month = new Month()
                .with(
                        session("s-1", "u-1", "Ada", "2026-10-01T00:00:00Z", "1", AppType.VC),
                        callDetail("1", "Ada", "2026-10-01T00:00:00Z", "10"),
                        recording(1, "60", "1000"))
                .with(
                        session("s-2", "u-1", "Ada", "2026-10-01T01:00:00Z", "2", AppType.VC),
                        callDetail("1", "Ada", "2026-10-01T01:00:00Z", "20"),
                        callDetail("2", "Bo", "2026-10-01T01:00:00Z", "40"),
                        recording(1, "30.5", "2000"),
                        recording(2, "30", "4000"));
        Usage expected = new Usage(
                2, new BigDecimal("3"), 3, new BigDecimal("70"), 3, new BigDecimal("120.5"), BigDecimal.valueOf(7_000));

        UsageSummary summary =
                UsageSummary.of(month.sessions(), Month.head(Month.UTC).period());

        assertThat(summary.users().map(UserUsage::usage)).containsExactly(expected);
        assertThat(summary.usersOfAll().map(UserUsage::usage)).containsExactly(expected);
        assertThat(summary.days().map(DayUsage::usage)).containsExactly(expected);
        assertThat(summary.usage(AppType.VC)).isEqualTo(expected);
        assertThat(summary.total()).isEqualTo(expected);
    }

    @Test
    void sessionsWithoutAUserOrADateAreCountedFirst() {
        Month month = Months.awkward().with(session("s-3", null, null, "2026-10-01T00:00:00Z", "1", AppType.VC));

        UsageSummary summary =
                UsageSummary.of(month.sessions(), Month.head(Month.UTC).period());

        assertThat(summary.users().map(user -> user.userId() + "/" + user.appType()))
                .containsExactly("/VC", "/WB", "0012/VC");
        assertThat(summary.userCount()).isEqualTo(1);
        assertThat(summary.days().toList().get(0).day()).isNull();
    }
}
