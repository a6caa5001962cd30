package dev.billingexport.report.xlsx;

import dev.billingexport.report.table.ReportHead;
import org.apache.poi.ss.usermodel.PageMargin;
import org.apache.poi.ss.usermodel.PrintSetup;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/** How a sheet is printed. */
final class Paper {

    /** Inches. Every printer can do that, and a wide table gets letters that can be read. */
    private static final double SIDE = 0.4;
    /** Characters that can still be read on the width of one page. */
    static final int CHARACTERS = 220;
    /** With room for the footer. */
    private static final double FOOT = 0.7;

    private Paper() {}

    /** A4 on its side, all of an area on one page, so that no chart is cut in two. */
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

    /** A4 on its side, so many pages wide and as many as it takes; those beside each other follow on each other. */
    static void table(Sheet sheet, ReportHead head, int pagesWide) {
        landscape(sheet, head, pagesWide);
        sheet.getPrintSetup().setLeftToRight(true);
    }

    /** With a footer that says what it is. */
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
