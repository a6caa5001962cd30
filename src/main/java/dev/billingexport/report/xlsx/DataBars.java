package dev.billingexport.report.xlsx;

import dev.billingexport.report.table.Table;
import org.apache.poi.ss.usermodel.ConditionalFormattingRule;
import org.apache.poi.ss.usermodel.ConditionalFormattingThreshold.RangeType;
import org.apache.poi.ss.usermodel.DataBarFormatting;
import org.apache.poi.ss.usermodel.SheetConditionalFormatting;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.streaming.SXSSFSheet;

/** Bars behind numbers. A bar's length is proportional to the number and starts at zero. */
final class DataBars {

    private DataBars() {}

    static void add(SXSSFSheet sheet, Table<?> table, int rows) {
        if (rows == 0) {
            return;
        }
        SheetConditionalFormatting formatting = sheet.getSheetConditionalFormatting();
        for (String name : table.extras().bars()) {
            int column = table.column(name);
            ConditionalFormattingRule rule = formatting.createConditionalFormattingRule(Styles.BAR);
            DataBarFormatting bar = rule.getDataBarFormatting();
            bar.setWidthMin(0);
            bar.setWidthMax(100);
            bar.getMinThreshold().setRangeType(RangeType.NUMBER);
            bar.getMinThreshold().setValue(0d);
            bar.getMaxThreshold().setRangeType(RangeType.MAX);
            formatting.addConditionalFormatting(
                    new CellRangeAddress[] {new CellRangeAddress(1, rows, column, column)}, rule);
        }
    }
}
