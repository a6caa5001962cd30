package dev.billingexport.report;

import dev.billingexport.session.AppType;
import dev.billingexport.session.Filter;
import dev.billingexport.session.Usage;
import java.math.BigDecimal;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.poi.ss.usermodel.BorderStyle;
import org.apache.poi.xssf.streaming.SXSSFRow;
import org.apache.poi.xssf.streaming.SXSSFSheet;
import org.apache.poi.xssf.streaming.SXSSFWorkbook;

/** The first sheet: what the workbook is about, and its key figures. */
final class SummarySheet {

    private static final int COLUMN_WIDTH = 24;

    private final SXSSFSheet sheet;
    private final Styles plain;
    private final Styles ruled;
    private final ReportHead head;
    private int rows;

    SummarySheet(SXSSFWorkbook workbook, Styles plain, ReportHead head) {
        this.sheet = workbook.createSheet("Summary");
        this.plain = plain;
        this.ruled = new Styles(workbook.getXSSFWorkbook(), BorderStyle.THIN);
        this.head = head;
    }

    void write(UsageSummary summary, long problems) {
        sheet.setDisplayGridlines(false);
        sheet.setTabColor(Styles.INK);
        sheet.setDefaultColumnWidth(COLUMN_WIDTH);
        Paper.landscape(sheet, head);
        writeHead();
        writeFigures(summary);
        writeProblems(problems);
    }

    private void writeHead() {
        row(30, plain).text("Usage report " + head.period().label(), plain.title);
        rows++;
        fact("Export", cells -> cells.text(head.export()));
        fact("From", cells -> cells.day(head.period().from())).text("the first day", plain.label);
        fact("To", cells -> cells.day(head.period().to())).text("exclusive: the day after the last one", plain.label);
        fact("Time zone", cells -> cells.text(DataSheets.name(head.period().zone())))
                .text("of every day and time here", plain.label);
        fact("Applications", cells -> cells.text(applications()));
        fact("Filter", cells -> cells.text(filter()));
        fact("Revision", cells -> cells.text(String.valueOf(head.revision())));
        rows++;
    }

    private void writeFigures(UsageSummary summary) {
        SheetRow header = row(24, ruled);
        header.text("Key figures", ruled.header);
        head.appTypes().forEach(appType -> header.text(name(appType), ruled.numberHeader));
        header.text("Total", ruled.numberHeader);

        SheetRow users = labelled("Users", ruled);
        head.appTypes().forEach(appType -> users.integer(BigDecimal.valueOf(summary.userCount(appType))));
        users.integer(BigDecimal.valueOf(summary.userCount()));
        for (Column<Usage> column : Tables.FIGURES) {
            SheetRow figure = labelled(column.heading(), ruled);
            head.appTypes().forEach(appType -> column.content().put(summary.usage(appType), figure));
            column.content().put(summary.total(), figure);
        }
    }

    /** A problem may be that a session was not read at all, so nobody knows of which application it is. */
    private void writeProblems(long problems) {
        SheetRow row = labelled("Problems", ruled);
        head.appTypes().forEach(appType -> row.text("–", ruled.numberText));
        row.integer(BigDecimal.valueOf(problems));
        if (problems > 0) {
            rows++;
            row(20, plain).text("Incomplete: the figures lack what is listed in the sheet Problems.", plain.alarm);
        }
    }

    private SheetRow fact(String label, Consumer<Cells> value) {
        SheetRow cells = labelled(label, plain);
        value.accept(cells);
        return cells;
    }

    private SheetRow labelled(String label, Styles styles) {
        SheetRow cells = row(17, styles);
        cells.text(label, styles.label);
        return cells;
    }

    private SheetRow row(int points, Styles styles) {
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
