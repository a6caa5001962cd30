package dev.billingexport.report.xlsx;

import dev.billingexport.report.table.SeriesColors;
import java.util.List;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.ss.util.CellReference;
import org.apache.poi.util.Units;
import org.apache.poi.xddf.usermodel.XDDFColor;
import org.apache.poi.xddf.usermodel.XDDFLineProperties;
import org.apache.poi.xddf.usermodel.XDDFSolidFillProperties;
import org.apache.poi.xddf.usermodel.chart.AxisCrossBetween;
import org.apache.poi.xddf.usermodel.chart.AxisCrosses;
import org.apache.poi.xddf.usermodel.chart.AxisOrientation;
import org.apache.poi.xddf.usermodel.chart.AxisPosition;
import org.apache.poi.xddf.usermodel.chart.BarDirection;
import org.apache.poi.xddf.usermodel.chart.BarGrouping;
import org.apache.poi.xddf.usermodel.chart.ChartTypes;
import org.apache.poi.xddf.usermodel.chart.LegendPosition;
import org.apache.poi.xddf.usermodel.chart.XDDFBarChartData;
import org.apache.poi.xddf.usermodel.chart.XDDFCategoryAxis;
import org.apache.poi.xddf.usermodel.chart.XDDFCategoryDataSource;
import org.apache.poi.xddf.usermodel.chart.XDDFChartData;
import org.apache.poi.xddf.usermodel.chart.XDDFDataSourcesFactory;
import org.apache.poi.xddf.usermodel.chart.XDDFValueAxis;
import org.apache.poi.xssf.usermodel.XSSFChart;
import org.apache.poi.xssf.usermodel.XSSFClientAnchor;
import org.apache.poi.xssf.usermodel.XSSFSheet;

/** A native bar chart between two corners of a sheet. */
record BarChart(XSSFSheet sheet, int left, int top, int right, int bottom) {

    private static final double LABEL_POINTS = 9;
    /** Number of labels that fit side by side in the widest chart. */
    private static final int LABELS = 10;

    private static final int GRID = 0xDDE3EA;

    /**
     * Bars of one colour.
     *
     * @param header row of the cell with the title
     * @param column column of the values
     */
    record Series(String title, int header, int column) {}

    /**
     * Draws cells that are already filled: the chart keeps a copy of their values.
     *
     * @param labels column of the categories
     */
    void plot(BarDirection direction, int labels, int first, int last, List<Series> series) {
        // Ends inside the last column, because a border on its edge isn't printed.
        int within = Units.pixelToEMU((int) sheet.getColumnWidthInPixels(right - 1) - 2);
        XSSFClientAnchor anchor =
                sheet.createDrawingPatriarch().createAnchor(0, 0, within, 0, left, top, right - 1, bottom);
        XSSFChart chart = sheet.createDrawingPatriarch().createChart(anchor);
        chart.setAutoTitleDeleted(true);
        boolean across = direction == BarDirection.BAR;
        XDDFCategoryAxis categories = chart.createCategoryAxis(across ? AxisPosition.LEFT : AxisPosition.BOTTOM);
        XDDFValueAxis values = chart.createValueAxis(across ? AxisPosition.BOTTOM : AxisPosition.LEFT);
        values.setCrossBetween(AxisCrossBetween.BETWEEN);
        values.setMinimum(0);
        values.setNumberFormat("#,##0");
        values.getOrAddMajorGridProperties().setLineProperties(new XDDFLineProperties(fill(GRID)));
        categories.getOrAddTextProperties().setFontSize(LABEL_POINTS);
        values.getOrAddTextProperties().setFontSize(LABEL_POINTS);
        // Leaves out labels; Excel would otherwise rotate them.
        chart.getCTChart().getPlotArea().getCatAxArray(0).addNewTickLblSkip().setVal((last - first) / LABELS + 1);
        if (across) {
            categories.setOrientation(AxisOrientation.MAX_MIN);
            values.setCrosses(AxisCrosses.MAX);
        }
        XDDFBarChartData data = (XDDFBarChartData) chart.createData(ChartTypes.BAR, categories, values);
        data.setBarDirection(direction);
        data.setVaryColors(false);
        data.setGapWidth(gap(last - first + 1));
        if (series.size() > 1) {
            data.setBarGrouping(BarGrouping.STACKED);
            data.setOverlap((byte) 100);
            chart.getOrAddLegend().setPosition(LegendPosition.BOTTOM);
        }
        XDDFCategoryDataSource names = XDDFDataSourcesFactory.fromStringCellRange(sheet, range(labels, first, last));
        for (int i = 0; i < series.size(); i++) {
            Series one = series.get(i);
            XDDFChartData.Series bars = data.addSeries(
                    names, XDDFDataSourcesFactory.fromNumericCellRange(sheet, range(one.column, first, last)));
            bars.setTitle(one.title, new CellReference(sheet.getSheetName(), one.header, one.column, true, true));
            bars.setFillProperties(fill(SeriesColors.rgb(i)));
        }
        chart.plot(data);
    }

    /**
     * Returns the gap between bars in percent of their width. Few bars get wide gaps, so that they don't become too
     * wide; 500 is the largest value that spreadsheets accept.
     */
    private static int gap(int bars) {
        return Math.max(40, 600 / bars - 100);
    }

    private static CellRangeAddress range(int column, int first, int last) {
        return new CellRangeAddress(first, last, column, column);
    }

    private static XDDFSolidFillProperties fill(int rgb) {
        byte[] color = {(byte) (rgb >> 16), (byte) (rgb >> 8), (byte) rgb};
        return new XDDFSolidFillProperties(XDDFColor.from(color));
    }
}
