package dev.billingexport.report.xlsx;

import dev.billingexport.report.table.ReportHead;
import org.apache.poi.ss.usermodel.PageMargin;
import org.apache.poi.ss.usermodel.PrintSetup;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/** Print settings of a sheet. */
final class PageLayout {

    /** Margin in inches. Every printer supports it, and a wide table stays readable. */
    private static final double SIDE = 0.4;
    /** Characters that are still readable across the width of a page. */
    static final int CHARACTERS = 220;
    /** Bottom margin, with room for the footer. */
    private static final double FOOT = 0.7;

    private PageLayout() {}

    /** A4 landscape, the whole area on one page, so that no chart is cut. */
    static void onePage(XSSFSheet sheet, ReportHead head, CellRangeAddress area) {
        landscape(sheet, head, 1);
        sheet.getPrintSetup().setFitHeight((short) 1);
        XSSFWorkbook workbook = sheet.getWorkbook();
        workbook.setPrintArea(
                workbook.getSheetIndex(sheet),
                area.getFirstColumn(),
                area.getLastColumn(),
                area.getFirstRow(),
                area.getLastRow());
    }

    /** A4 landscape, a fixed number of pages wide and as many long as needed, numbered from left to right. */
    static void table(Sheet sheet, ReportHead head, int pagesWide) {
        landscape(sheet, head, pagesWide);
        sheet.getPrintSetup().setLeftToRight(true);
    }

    /** Adds a footer with the report's name. */
    private static void landscape(Sheet sheet, ReportHead head, int pagesWide) {
        sheet.setFitToPage(true);
        PrintSetup print = sheet.getPrintSetup();
        print.setPaperSize(PrintSetup.A4_PAPERSIZE);
        print.setLandscape(true);
        print.setFitWidth((short) pagesWide);
        print.setFitHeight((short) 0);
        sheet.setMargin(PageMargin.LEFT, SIDE);
        sheet.setMargin(PageMargin.RIGHT, SIDE);
        sheet.setMargin(PageMargin.TOP, SIDE);
        sheet.setMargin(PageMargin.BOTTOM, FOOT);
        sheet.getFooter().setLeft((head.export() + " " + head.period().label()).replace("&", "&&"));
        sheet.getFooter().setCenter("&A");
        sheet.getFooter().setRight("&P / &N");
    }
}
