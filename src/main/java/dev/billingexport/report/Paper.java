package dev.billingexport.report;

import org.apache.poi.ss.usermodel.PrintSetup;
import org.apache.poi.ss.usermodel.Sheet;

/** How a sheet is printed. */
final class Paper {

    private Paper() {}

    /** A4 on its side, as wide as the sheet and as many pages as it takes, with a footer that says what it is. */
    static void landscape(Sheet sheet, ReportHead head) {
        sheet.setFitToPage(true);
        PrintSetup print = sheet.getPrintSetup();
        print.setPaperSize(PrintSetup.A4_PAPERSIZE);
        print.setLandscape(true);
        print.setFitWidth((short) 1);
        print.setFitHeight((short) 0);
        sheet.getFooter().setLeft((head.export() + " " + head.period().label()).replace("&", "&&"));
        sheet.getFooter().setCenter("&A");
        sheet.getFooter().setRight("&P / &N");
    }
}
