package dev.billingexport.report.xlsx;

import dev.billingexport.report.rating.Amounts;
import dev.billingexport.report.rating.Charge;
import dev.billingexport.report.table.Figures;
import dev.billingexport.report.table.Rated;
import dev.billingexport.report.table.RatingWords;
import dev.billingexport.report.table.ReportHead;
import dev.billingexport.report.table.StatementHead;
import dev.billingexport.report.table.StatementItem;
import dev.billingexport.report.table.Wording;
import dev.billingexport.session.AppType;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;

/** The first sheet of a statement: recipient, amount, items and usage by user. */
final class StatementSheet {

    private static final int[] WIDTHS = {30, 30, 15, 18, 18, 15, 18, 22};
    private static final int LAST = WIDTHS.length - 1;

    private final XSSFSheet sheet;
    private final SummaryStyles styles;
    private final StatementHead about;
    private final ReportHead head;
    private final Wording wording;
    private final Figures figures;
    private int next;

    StatementSheet(
            XSSFWorkbook workbook,
            SummaryStyles styles,
            StatementHead about,
            ReportHead head,
            Wording wording,
            Figures figures) {
        this.sheet = workbook.createSheet(wording.text("sheet.statement"));
        this.styles = styles;
        this.about = about;
        this.head = head;
        this.wording = wording;
        this.figures = figures;
    }

    /** Writes the sheet and moves it to the front. */
    void write() {
        sheet.setDisplayGridlines(false);
        sheet.setTabColor(Styles.INK);
        for (int column = 0; column <= LAST; column++) {
            sheet.setColumnWidth(column, WIDTHS[column] * 256);
        }
        row(32).text(about.title(head, wording), styles.plain.title);
        next++;
        writeFacts();
        Rated rated = figures.rated();
        if (rated != null) {
            writeAmounts(rated.totals().total());
            writeItems(rated);
        }
        writeUsers(rated);
        if (rated != null) {
            next++;
            new RatingWords(rated.tariff(), wording)
                    .ofStatement(rated.rows().get().toList())
                    .forEach(words -> row(14).text(words, styles.plain.label));
        }
        PageLayout.onePage(sheet, head, new CellRangeAddress(0, Math.max(0, next - 1), 0, LAST));
        XSSFWorkbook workbook = sheet.getWorkbook();
        workbook.setSheetOrder(sheet.getSheetName(), 0);
        workbook.setActiveSheet(0);
        workbook.setSelectedTab(0);
    }

    private void writeFacts() {
        fact("column." + about.field(), about.name(wording));
        fact("summary.from", wording.day(head.period().from()));
        fact("summary.to", wording.day(head.period().to().minusDays(1)));
        fact("summary.zone", Wording.zone(head.period().zone()));
        fact("summary.revision", String.valueOf(head.revision()));
        next++;
    }

    private void fact(String key, String value) {
        SheetRow cells = row(17);
        cells.text(wording.text(key), styles.plain.label);
        cells.text(value, styles.plain.text);
    }

    private void writeAmounts(Amounts total) {
        for (Currency currency : total.currencies()) {
            SheetRow cells = row(32);
            cells.text(wording.charges(currency), styles.tileLabel);
            Style look = styles.tileAmount(currency);
            cells.number(total.in(currency), look, styles.tileText);
        }
        next++;
    }

    private void writeItems(Rated rated) {
        List<StatementItem> items = StatementItem.of(rated.rows().get());
        heading("statement.items");
        header(
                "item",
                "app_type",
                "tier",
                "used_minutes",
                "counted_minutes",
                "charged_minutes",
                "unit_price",
                "amount");
        for (StatementItem item : items) {
            SheetRow cells = row(14);
            cells.text(wording.text("item." + item.item().code()), styles.plain.text);
            AppType appType = item.appType();
            cells.text(appType == null ? "" : wording.name(appType), styles.plain.text);
            cells.text(item.tier() == null ? "" : tier(item.tier()), styles.plain.text);
            cells.decimal(item.usedMinutes());
            cells.decimal(item.countedMinutes());
            cells.decimal(item.chargedMinutes());
            cells.decimal(item.unitPrice());
            cells.number(item.amount(), styles.plain.amount(item.currency()), styles.plain.numberText);
        }
        total(rated.totals().total());
    }

    private String tier(String tier) {
        return tier.equals(Charge.INCLUDED) ? wording.text("statement.included") : tier;
    }

    private void writeUsers(@Nullable Rated rated) {
        heading("statement.users");
        header(
                "user_id",
                "user_name",
                "sessions",
                "session_minutes",
                "call_detail_minutes",
                "recordings",
                "recorded_seconds",
                rated == null ? "" : "amount");
        figures.usage().usersById().forEach(user -> {
            SheetRow cells = row(14);
            cells.text(user.userId().isEmpty() ? wording.text("html.no-user") : user.userId(), styles.plain.text);
            cells.text(user.userName() == null ? "" : user.userName(), styles.plain.text);
            cells.integer(BigDecimal.valueOf(user.usage().sessions()));
            cells.decimal(user.usage().sessionMinutes());
            cells.decimal(user.usage().callDetailMinutes());
            cells.integer(BigDecimal.valueOf(user.usage().recordings()));
            cells.integer(user.usage().recordedSeconds());
            if (rated != null) {
                amounts(cells, rated.totals().withoutMinimum(user.userId()));
            }
        });
        if (rated == null) {
            next++;
            return;
        }
        Amounts minimums = rated.totals().minimums();
        if (!minimums.currencies().isEmpty()) {
            SheetRow cells = row(14);
            cells.text(wording.text("item.minimum"), styles.plain.text);
            amounts(cells, minimums);
        }
        total(rated.totals().total());
    }

    /** Writes amounts into the last column: the first into the given row, each other one into a row below. */
    private void amounts(SheetRow first, Amounts amounts) {
        boolean isFirst = true;
        for (Currency currency : amounts.currencies()) {
            SheetRow cells = isFirst ? first : row(14);
            cells.skipTo(LAST).number(amounts.in(currency), styles.plain.amount(currency), styles.plain.numberText);
            isFirst = false;
        }
    }

    private void heading(String key) {
        row(20).text(wording.text(key), styles.section);
    }

    private void header(String... columns) {
        SheetRow cells = row(Styles.HEADER_POINTS);
        for (int place = 0; place < columns.length; place++) {
            boolean isText = place < 2 || columns[place].equals("tier") || columns[place].isEmpty();
            cells.text(
                    columns[place].isEmpty() ? "" : wording.text("column." + columns[place]),
                    isText ? styles.ruled.header : styles.ruled.numberHeader);
        }
    }

    private void total(Amounts total) {
        for (Currency currency : total.currencies()) {
            SheetRow cells = row(17);
            for (int place = 0; place < LAST; place++) {
                cells.text(place == 0 ? wording.text("total") : "", styles.plain.totalText);
            }
            cells.number(total.in(currency), styles.plain.totalAmount(currency), styles.plain.totalText);
        }
        next++;
    }

    private SheetRow row(float points) {
        XSSFRow row = sheet.createRow(next++);
        row.setHeightInPoints(points);
        return new SheetRow(row, styles.plain, head.period().zone(), SessionLinks.NONE, wording);
    }
}
