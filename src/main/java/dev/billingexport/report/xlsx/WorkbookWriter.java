package dev.billingexport.report.xlsx;

import dev.billingexport.files.OwnerOnly;
import dev.billingexport.report.table.Contents;
import dev.billingexport.report.table.Figures;
import dev.billingexport.report.table.ReportHead;
import dev.billingexport.report.table.StatementHead;
import dev.billingexport.report.table.Wording;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import org.apache.poi.ooxml.POIXMLProperties.CoreProperties;
import org.apache.poi.ss.SpreadsheetVersion;
import org.apache.poi.util.DefaultTempFileCreationStrategy;
import org.apache.poi.util.TempFile;
import org.apache.poi.xssf.streaming.SXSSFWorkbook;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/**
 * Writes all tables into one workbook, row by row. The heap needed doesn't depend on the number of rows.
 *
 * @param rowLimit rows of a sheet, including the header; a longer table continues on the next sheet
 */
public record WorkbookWriter(Contents contents, Wording wording, int rowLimit) {

    public static final int ROW_LIMIT = SpreadsheetVersion.EXCEL2007.getMaxRows();

    /**
     * Writes a whole workbook. Doesn't close the stream.
     *
     * @param temporary a folder for this workbook only; POI leaves files there if the JVM is killed
     * @return rows of all data sheets, without headers
     */
    public long write(OutputStream out, Path temporary) throws IOException {
        OwnerOnly.createFolders(temporary);
        // For this thread only, because other workbooks may be written at the same time.
        TempFile.setThreadLocalTempFileCreationStrategy(new DefaultTempFileCreationStrategy(temporary.toFile()));
        try (SXSSFWorkbook workbook = new FastWorkbook()) {
            describe(workbook);
            SummaryStyles styles = new SummaryStyles(workbook.getXSSFWorkbook(), wording);
            SessionLinks links = new SessionLinks(wording.text("sheet.sessions"), rowLimit);
            ReportHead head = contents.head();
            Book book = new Book(workbook, styles.plain, head, wording, links, rowLimit);
            Map<String, WrittenTable> written = new DataTables(book, contents).write();
            // Written last, because it refers to the rows of all other sheets, and POI's streaming sheets don't support
            // charts.
            writeFirstSheet(workbook.getXSSFWorkbook(), styles, written);
            workbook.write(out);
            return written.values().stream().mapToLong(WrittenTable::rows).sum();
        } catch (IllegalStateException e) {
            // POI reports a full disk only in this way while it writes rows to temporary files.
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw e;
        } finally {
            TempFile.setThreadLocalTempFileCreationStrategy(null);
        }
    }

    private void writeFirstSheet(XSSFWorkbook workbook, SummaryStyles styles, Map<String, WrittenTable> written) {
        StatementHead statement = contents.statement();
        if (statement == null) {
            new SummarySheet(workbook, styles, contents.summary(wording)).write(written);
        } else {
            Figures figures = contents.figures().get();
            new StatementSheet(workbook, styles, statement, contents.head(), wording, figures).write();
        }
    }

    /** Fixed values. POI would write the current time, and no two workbooks would be equal. */
    private void describe(SXSSFWorkbook workbook) {
        ReportHead head = contents.head();
        CoreProperties properties = workbook.getXSSFWorkbook().getProperties().getCoreProperties();
        Optional<Date> end = Optional.of(Date.from(head.period().end()));
        properties.setCreated(end);
        properties.setModified(end);
        properties.setCreator("billing-export");
        properties.setTitle(head.export() + " " + head.period().label());
    }
}
