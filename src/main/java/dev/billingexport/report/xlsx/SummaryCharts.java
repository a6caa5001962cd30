package dev.billingexport.report.xlsx;

import dev.billingexport.report.table.Chart;
import dev.billingexport.report.table.Summary;
import dev.billingexport.report.table.Wording;
import dev.billingexport.session.Period;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xddf.usermodel.chart.BarDirection;

/** The charts on the right of the Summary sheet. The cells with their values are below the printed area. */
record SummaryCharts(SummarySheet sheet, SummaryStyles styles, Summary summary, Wording wording) {

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
        if (summary.isEmpty()) {
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
        Chart<LocalDate> days = summary.charts().days();
        heading(top, left(), right(), days.title());
        if (days.isEmpty()) {
            note(top + 1, "chart.minutes-none");
            return;
        }
        SheetRow header = sheet.row(data, 17);
        header.text(wording.text("column.day"), styles.ruled.header);
        List<BarChart.Series> series = new ArrayList<>();
        for (Chart.Series one : days.series()) {
            header.text(one.name(), styles.ruled.numberHeader);
            series.add(new BarChart.Series(one.name(), data, series.size() + 1));
        }
        for (int i = 0; i < days.keys().size(); i++) {
            SheetRow cells = sheet.row(data + 1 + i, 14);
            cells.text(label(days.keys().get(i)), styles.plain.text);
            for (Chart.Series one : days.series()) {
                minutes(cells, one.values().get(i));
            }
        }
        new BarChart(sheet.sheet(), left(), top + 1, right(), top + DAYS_HEIGHT)
                .plot(BarDirection.COL, 0, data + 1, data + days.keys().size(), series);
    }

    /** Short where possible, because up to 31 labels stand side by side. */
    private String label(LocalDate day) {
        Period period = summary.head().period();
        YearMonth first = YearMonth.from(period.from());
        YearMonth last = YearMonth.from(period.to().minusDays(1));
        return first.equals(last) ? String.valueOf(day.getDayOfMonth()) : wording.day(day);
    }

    private void writeUsers(int top, int data) {
        Chart<String> users = summary.charts().users();
        heading(top, left(), right(), users.title());
        if (users.isEmpty()) {
            note(top + 1, "chart.users-none");
            return;
        }
        Chart.Series minutes = users.series().get(0);
        SheetRow header = sheet.row(data, 17).skipTo(left());
        header.text(wording.text("column.user_name"), styles.ruled.header);
        header.text(minutes.name(), styles.ruled.numberHeader);
        for (int i = 0; i < users.keys().size(); i++) {
            SheetRow cells = sheet.row(data + 1 + i, 14).skipTo(left());
            cells.text(users.keys().get(i), styles.plain.text);
            minutes(cells, minutes.values().get(i));
        }
        new BarChart(sheet.sheet(), left(), top + 1, right(), top + USERS_HEIGHT)
                .plot(
                        BarDirection.BAR,
                        left(),
                        data + 1,
                        data + users.keys().size(),
                        List.of(new BarChart.Series(minutes.name(), data, left() + 1)));
    }

    private void writeProfile(int top, int data) {
        Chart<String> hours = summary.charts().hours();
        Chart<String> weekdays = summary.charts().weekdays();
        heading(top, left(), middle(), hours.title());
        heading(top, middle(), right(), weekdays.title());
        int below = data + hours.keys().size() + 2;
        writeCounts(hours, data);
        writeCounts(weekdays, below);
        List<BarChart.Series> series =
                List.of(new BarChart.Series(hours.series().get(0).name(), data, middle() + 1));
        new BarChart(sheet.sheet(), left(), top + 1, middle(), top + PROFILE_HEIGHT)
                .plot(BarDirection.COL, middle(), data + 1, data + hours.keys().size(), series);
        new BarChart(sheet.sheet(), middle(), top + 1, right(), top + PROFILE_HEIGHT)
                .plot(
                        BarDirection.COL,
                        middle(),
                        below + 1,
                        below + weekdays.keys().size(),
                        series);
    }

    private void writeCounts(Chart<String> chart, int row) {
        Chart.Series counts = chart.series().get(0);
        SheetRow header = sheet.row(row, 17).skipTo(middle());
        header.text("", styles.ruled.header);
        header.text(counts.name(), styles.ruled.numberHeader);
        for (int i = 0; i < chart.keys().size(); i++) {
            SheetRow cells = sheet.row(row + 1 + i, 14).skipTo(middle());
            cells.text(chart.keys().get(i), styles.plain.text);
            cells.number(counts.values().get(i), styles.plain.integer, styles.plain.numberText);
        }
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

    /** Limits the digits to those of a cell's number, because a chart can't draw a text. */
    private void minutes(SheetRow cells, BigDecimal minutes) {
        cells.number(minutes.round(SheetRow.PRECISION), styles.plain.decimal, styles.plain.numberText);
    }

    private void note(int row, String key) {
        sheet.row(row, 17).skipTo(left()).text(wording.text(key), styles.plain.label);
    }

    /** As wide as its chart: the name of a zone may be long, and there is a chart beside this one. */
    private void heading(int row, int left, int right, String title) {
        sheet.row(row, 17).skipTo(left).text(title, styles.chartHeading);
        sheet.sheet().addMergedRegion(new CellRangeAddress(row, row, left, right - 1));
    }
}
