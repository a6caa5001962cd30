package dev.billingexport.report;

import dev.billingexport.session.AppType;
import dev.billingexport.session.Filter;
import dev.billingexport.session.Usage;
import java.math.BigDecimal;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.poi.xssf.streaming.SXSSFRow;
import org.apache.poi.xssf.streaming.SXSSFSheet;

/** The first sheet: what the workbook is about, and its key figures. */
final class SummarySheet {

    private static final int[] WIDTHS = {24, 22, 22, 22};

    private final SXSSFSheet sheet;
    private final Styles styles;
    private final ReportHead head;
    private int rows;

    SummarySheet(SXSSFSheet sheet, Styles styles, ReportHead head) {
        this.sheet = sheet;
        this.styles = styles;
        this.head = head;
    }

    void write(UsageSummary summary, long problems) {
        sheet.setDisplayGridlines(false);
        sheet.setTabColor(Styles.INK);
        for (int column = 0; column < WIDTHS.length; column++) {
            sheet.setColumnWidth(column, WIDTHS[column] * 256);
        }
        Paper.landscape(sheet, head);
        writeHead();
        writeFigures(summary);
        writeProblems(problems);
    }

    private void writeHead() {
        row(30).text("Usage report " + head.period().label(), styles.title);
        rows++;
        fact("Export", cells -> cells.text(head.export()));
        fact("From", cells -> cells.day(head.period().from())).text("the first day", styles.label);
        fact("To", cells -> cells.day(head.period().to())).text("exclusive: the day after the last one", styles.label);
        fact("Time zone", cells -> cells.text(DataSheets.name(head.period().zone())))
                .text("of every day and time here", styles.label);
        fact("Applications", cells -> cells.text(applications()));
        fact("Filter", cells -> cells.text(filter()));
        fact("Revision", cells -> cells.text(String.valueOf(head.revision())));
        rows++;
    }

    private void writeFigures(UsageSummary summary) {
        SheetRow header = row(22);
        header.text("Key figures", styles.header);
        head.appTypes().forEach(appType -> header.text(name(appType), styles.numberHeader));
        header.text("Total", styles.numberHeader);

        SheetRow users = labelled("Users");
        head.appTypes().forEach(appType -> users.integer(BigDecimal.valueOf(summary.userCount(appType))));
        users.integer(BigDecimal.valueOf(summary.userCount()));
        for (Column<Usage> column : Tables.FIGURES) {
            SheetRow figure = labelled(column.heading());
            head.appTypes().forEach(appType -> column.content().put(summary.usage(appType), figure));
            column.content().put(summary.total(), figure);
        }
    }

    /** Problems belong to no application: one that was never read in full may not even tell which. */
    private void writeProblems(long problems) {
        SheetRow row = labelled("Problems");
        head.appTypes().forEach(appType -> row.text(""));
        row.integer(BigDecimal.valueOf(problems));
        if (problems > 0) {
            rows++;
            row(20).text("Incomplete: the figures lack what is listed in the sheet Problems.", styles.alarm);
        }
    }

    private SheetRow fact(String label, Consumer<Cells> value) {
        SheetRow cells = labelled(label);
        value.accept(cells);
        return cells;
    }

    private SheetRow labelled(String label) {
        SheetRow cells = row(18);
        cells.text(label, styles.label);
        return cells;
    }

    private SheetRow row(int points) {
        SXSSFRow row = sheet.createRow(rows++);
        row.setHeightInPoints(points);
        return new SheetRow(row, styles, head.period().zone());
    }

    private String applications() {
        return head.appTypes().stream().map(SummarySheet::name).collect(Collectors.joining(", "));
    }

    private String filter() {
        Filter filter = head.filter();
        return filter == null ? "none" : filter.by().code() + " = " + filter.value();
    }

    private static String name(AppType appType) {
        return switch (appType) {
            case VC -> "Video (vc)";
            case WB -> "Webinar (wb)";
        };
    }
}
