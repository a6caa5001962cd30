package dev.billingexport.report.xlsx;

import dev.billingexport.report.LargeMonth;
import dev.billingexport.report.Month;
import dev.billingexport.report.table.Contents;
import dev.billingexport.report.table.Figures;
import dev.billingexport.report.table.Language;
import dev.billingexport.report.table.ReportHead;
import dev.billingexport.report.table.Table;
import dev.billingexport.report.table.Wording;
import dev.billingexport.session.CallDetail;
import dev.billingexport.session.Session;
import dev.billingexport.session.SessionCallDetail;
import dev.billingexport.session.SessionDetails;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.poi.ss.usermodel.BorderStyle;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.xssf.streaming.SXSSFWorkbook;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/** Each writes the same call details into a workbook of one sheet, in a process of its own: NAME ROWS FILE. */
final class SheetContestants {

    /** Everyone's links lead into a sheet that is not there; what counts is that they are written. */
    private static final SessionLinks LINKS = new SessionLinks("Sessions", WorkbookWriter.ROW_LIMIT);

    private static final Wording WORDING = new Wording(Language.EN);

    private SheetContestants() {}

    public static void main(String... arguments) throws IOException {
        LargeMonth month = new LargeMonth(Integer.parseInt(arguments[1]) / LargeMonth.CALL_DETAILS);
        try (OutputStream out = Files.newOutputStream(Path.of(arguments[2]))) {
            switch (arguments[0]) {
                case "ours" -> ours(month, out);
                case "bare" -> bare(month, new FastWorkbook(), out);
                case "tuned" -> bare(month, new TunedWorkbook(), out);
                case "stock" -> bare(month, new SXSSFWorkbook(), out);
                case "fastexcel" -> fastexcel(month, out);
                default -> throw new IllegalArgumentException(arguments[0]);
            }
        }
    }

    /** POI's own writer with our settings. */
    private static final class TunedWorkbook extends SXSSFWorkbook {

        TunedWorkbook() {
            super(FastWorkbook.ROWS_IN_MEMORY);
        }

        @Override
        protected ZipArchiveOutputStream createArchiveOutputStream(OutputStream out) {
            ZipArchiveOutputStream zip = super.createArchiveOutputStream(out);
            zip.setLevel(FastWorkbook.ZIP_LEVEL);
            return zip;
        }
    }

    private static void ours(LargeMonth month, OutputStream out) throws IOException {
        try (SXSSFWorkbook workbook = new FastWorkbook()) {
            Styles styles = new Styles(workbook.getXSSFWorkbook(), BorderStyle.NONE, WORDING);
            Book book = new Book(workbook, styles, Month.head(Month.UTC), WORDING, LINKS, WorkbookWriter.ROW_LIMIT);
            DataSheets<?> sheets = new DataSheets<>(book, callDetailTable(month));
            sheets.addAll();
            sheets.finish();
            workbook.write(out);
        }
    }

    private static Table<?> callDetailTable(LargeMonth month) {
        ReportHead head = Month.head(Month.UTC);
        Contents contents = new Contents(
                head,
                month,
                Month.reconciliation(head),
                null,
                null,
                () -> Figures.of(month, head.period(), Month.reconciliation(head), null));
        return contents.ofSessions().stream()
                .filter(table -> table.name().equals("call-details"))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<SessionCallDetail> callDetails(LargeMonth month) {
        return month.details().flatMap(SessionDetails::callDetailRows);
    }

    private static void bare(LargeMonth month, SXSSFWorkbook workbook, OutputStream out) throws IOException {
        try (workbook) {
            Styles styles = new Styles(workbook.getXSSFWorkbook(), BorderStyle.NONE, WORDING);
            Sheet sheet = workbook.createSheet("Call details");
            int number = 0;
            for (Iterator<SessionCallDetail> each = callDetails(month).iterator(); each.hasNext(); number++) {
                SessionCallDetail line = each.next();
                CallDetail detail = line.callDetail();
                Session session = line.session();
                Row row = sheet.createRow(number + 1);
                Cell link = cell(row, 0, styles.link.get());
                link.setCellValue(session.sessionId());
                link.setCellFormula(LINKS.formula(session.sessionId(), number / LargeMonth.CALL_DETAILS + 1));
                cell(row, 1, styles.text.get()).setCellValue(detail.callNum());
                cell(row, 2, styles.text.get()).setCellValue(detail.callLogId());
                cell(row, 3, styles.time.get()).setCellValue(local(detail.connectDt()));
                cell(row, 4, styles.time.get()).setCellValue(local(detail.disconnectDt()));
                cell(row, 5, styles.decimal.get())
                        .setCellValue(Objects.requireNonNull(detail.duration()).doubleValue());
                cell(row, 6, styles.text.get()).setCellValue(detail.userRef());
                cell(row, 7, styles.text.get()).setCellValue(detail.name());
                cell(row, 8, styles.text.get()).setCellValue(detail.role());
                cell(row, 9, styles.text.get()).setCellValue(detail.ip());
                cell(row, 10, styles.text.get()).setCellValue(detail.agent());
                cell(row, 11, styles.text.get()).setCellValue(session.userId());
                cell(row, 12, styles.text.get()).setCellValue(session.appType().code());
            }
            workbook.write(out);
        }
    }

    private static Cell cell(Row row, int column, CellStyle style) {
        Cell cell = row.createCell(column);
        cell.setCellStyle(style);
        return cell;
    }

    private static LocalDateTime local(java.time.@Nullable Instant instant) {
        return LocalDateTime.ofInstant(Objects.requireNonNull(instant), ZoneOffset.UTC);
    }

    private static void fastexcel(LargeMonth month, OutputStream out) throws IOException {
        Workbook workbook = new Workbook(out, "bench", "1.0");
        workbook.setCompressionLevel(FastWorkbook.ZIP_LEVEL);
        Worksheet sheet = workbook.newWorksheet("Call details");
        int number = 1;
        for (Iterator<SessionCallDetail> each = callDetails(month).iterator(); each.hasNext(); number++) {
            SessionCallDetail line = each.next();
            CallDetail detail = line.callDetail();
            Session session = line.session();
            sheet.formula(number, 0, LINKS.formula(session.sessionId(), (number - 1) / LargeMonth.CALL_DETAILS + 1));
            sheet.inlineString(number, 1, detail.callNum());
            sheet.inlineString(number, 2, detail.callLogId());
            sheet.value(number, 3, local(detail.connectDt()));
            sheet.value(number, 4, local(detail.disconnectDt()));
            sheet.value(number, 5, detail.duration());
            sheet.inlineString(number, 6, detail.userRef());
            sheet.inlineString(number, 7, detail.name());
            sheet.inlineString(number, 8, detail.role());
            sheet.inlineString(number, 9, detail.ip());
            sheet.inlineString(number, 10, detail.agent());
            sheet.inlineString(number, 11, session.userId());
            sheet.inlineString(number, 12, session.appType().code());
            if (number % 1_000 == 0) {
                sheet.flush();
            }
        }
        workbook.finish();
    }
}
