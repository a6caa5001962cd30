package dev.billingexport.report.xlsx;

import dev.billingexport.report.table.ReportHead;
import dev.billingexport.report.table.Wording;
import java.time.ZoneId;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.streaming.SXSSFWorkbook;

/**
 * A workbook that is being written, with what its data sheets share.
 *
 * @param rowLimit rows of a sheet, including the header
 */
record Book(SXSSFWorkbook workbook, Styles styles, ReportHead head, Wording wording, SessionLinks links, int rowLimit) {

    ZoneId zone() {
        return head.period().zone();
    }

    SheetRow cells(Row row) {
        return new SheetRow(row, styles, zone(), links, wording);
    }
}
