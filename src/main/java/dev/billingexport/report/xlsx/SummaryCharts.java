package dev.billingexport.report.xlsx;

import dev.billingexport.report.table.Figures;
import dev.billingexport.report.table.HourlyProfile;
import dev.billingexport.report.table.ReportHead;
import dev.billingexport.report.table.UsageSummary;
import dev.billingexport.report.table.UserUsage;
import dev.billingexport.report.table.Wording;
import dev.billingexport.session.AppType;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xddf.usermodel.chart.BarDirection;

/** The charts on the right of the Summary sheet. The cells with their values are below the printed area. */
record SummaryCharts(SummarySheet sheet, SummaryStyles styles, ReportHead head, Wording wording, Figures figures) {

    private static final int DAYS_HEIGHT = 13;
    private static final int USERS_HEIGHT = 13;
    private static final int PROFILE_HEIGHT = 12;

    /**
     * Writes the charts from one row on.
     *
     * @param below a row below the sheet's other figures
     * @return the last row that a chart takes
     */
    int write(int first, int below) {
        UsageSummary usage = figures.usage();
        if (usage.total().sessions() == 0) {
            sheet.row(first, 17).skipTo(left()).text(wording.text("summary.nothing"), styles.section);
            return first;
        }
        int users = first + DAYS_HEIGHT + 1;
        int profile = users + USERS_HEIGHT + 1;
        int last = profile + PROFILE_HEIGHT;
        int data = Math.max(below, last + 2);
        sheet.row(data, 20).text(wording.text("summary.charts"), styles.section);
        writeDays(first, data + 1);
        writeUsers(users, data + 1);
        writeProfile(profile, data + 1);
        return last;
    }

    private void writeDays(int top, int data) {
        heading(top, left(), right(), "chart.days");
        if (figures.usage().total().sessionMinutes().signum() <= 0) {
            note(top + 1, "chart.minutes-none");
            return;
        }
        List<AppType> appTypes = List.copyOf(head.appTypes());
        BarChart chart = new BarChart(sheet.sheet(), left(), top + 1, right(), top + DAYS_HEIGHT);
        SheetRow header = sheet.row(data, 17);
        header.text(wording.text("column.day"), styles.ruled.header);
        appTypes.forEach(appType -> header.text(wording.name(appType), styles.ruled.numberHeader));
        int row = data;
        for (LocalDate day = head.period().from(); day.isBefore(head.period().to()); day = day.plusDays(1)) {
            SheetRow cells = sheet.row(++row, 14);
            cells.text(label(day), styles.plain.text);
            for (AppType appType : appTypes) {
                minutes(cells, figures.usage().usage(day, appType).sessionMinutes());
            }
        }
        List<BarChart.Series> series = new ArrayList<>();
        for (int i = 0; i < appTypes.size(); i++) {
            series.add(new BarChart.Series(wording.name(appTypes.get(i)), data, i + 1));
        }
        chart.plot(BarDirection.COL, 0, data + 1, row, series);
    }

    /** Short where possible, because up to 31 labels stand side by side. */
    private String label(LocalDate day) {
        YearMonth first = YearMonth.from(head.period().from());
        YearMonth last = YearMonth.from(head.period().to().minusDays(1));
        return first.equals(last) ? String.valueOf(day.getDayOfMonth()) : wording.day(day);
    }

    private void writeUsers(int top, int data) {
        List<UserUsage> largest = figures.usage().largestUsers();
        heading(top, left(), right(), "chart.users");
        if (largest.isEmpty()) {
            note(top + 1, "chart.users-none");
            return;
        }
        SheetRow header = sheet.row(data, 17).skipTo(left());
        header.text(wording.text("column.user_name"), styles.ruled.header);
        header.text(wording.text("chart.minutes"), styles.ruled.numberHeader);
        int row = data;
        for (UserUsage user : largest) {
            SheetRow cells = sheet.row(++row, 14).skipTo(left());
            cells.text(user.label(), styles.plain.text);
            minutes(cells, user.usage().sessionMinutes());
        }
        new BarChart(sheet.sheet(), left(), top + 1, right(), top + USERS_HEIGHT)
                .plot(
                        BarDirection.BAR,
                        left(),
                        data + 1,
                        row,
                        List.of(new BarChart.Series(wording.text("chart.minutes"), data, left() + 1)));
    }

    private void writeProfile(int top, int data) {
        heading(top, left(), middle(), "chart.hours");
        heading(top, middle(), right(), "chart.weekdays");
        HourlyProfile profile = figures.profile();
        int hours = countHeader(data);
        for (int hour = 0; hour < HourlyProfile.HOURS; hour++) {
            count(hours + hour, String.valueOf(hour), profile.atHour(hour));
        }
        int weekdays = countHeader(hours + HourlyProfile.HOURS + 1);
        for (DayOfWeek weekday : DayOfWeek.values()) {
            count(weekdays + weekday.ordinal(), wording.text("weekday." + weekday.getValue()), profile.on(weekday));
        }
        List<BarChart.Series> series =
                List.of(new BarChart.Series(wording.text("column.sessions"), data, middle() + 1));
        new BarChart(sheet.sheet(), left(), top + 1, middle(), top + PROFILE_HEIGHT)
                .plot(BarDirection.COL, middle(), hours, hours + HourlyProfile.HOURS - 1, series);
        new BarChart(sheet.sheet(), middle(), top + 1, right(), top + PROFILE_HEIGHT)
                .plot(BarDirection.COL, middle(), weekdays, weekdays + 6, series);
    }

    /** First column of the charts. */
    private int left() {
        return sheet.place(6);
    }

    private int middle() {
        return sheet.place(9);
    }

    private int right() {
        return sheet.place(11);
    }

    private int countHeader(int row) {
        SheetRow header = sheet.row(row, 17).skipTo(middle());
        header.text("", styles.ruled.header);
        header.text(wording.text("column.sessions"), styles.ruled.numberHeader);
        return row + 1;
    }

    private void count(int row, String label, long count) {
        SheetRow cells = sheet.row(row, 14).skipTo(middle());
        cells.text(label, styles.plain.text);
        cells.number(BigDecimal.valueOf(count), styles.plain.integer, styles.plain.numberText);
    }

    /** Limits the digits to those of a cell's number, because a chart can't draw a text. */
    private void minutes(SheetRow cells, BigDecimal minutes) {
        cells.number(minutes.round(SheetRow.PRECISION), styles.plain.decimal, styles.plain.numberText);
    }

    private void note(int row, String key) {
        sheet.row(row, 17).skipTo(left()).text(wording.text(key), styles.plain.label);
    }

    /** As wide as its chart: the name of a zone may be long, and there is a chart beside this one. */
    private void heading(int row, int left, int right, String key) {
        String zone = Wording.zone(head.period().zone());
        sheet.row(row, 17).skipTo(left).text(wording.text(key, zone), styles.chartHeading);
        sheet.sheet().addMergedRegion(new CellRangeAddress(row, row, left, right - 1));
    }
}
