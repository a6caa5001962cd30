package dev.billingexport.report.xlsx;

import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.poi.ooxml.POIXMLDocumentPart;
import org.apache.poi.ooxml.POIXMLRelation;
import org.apache.poi.xssf.model.SharedStringsTable;
import org.apache.poi.xssf.streaming.SXSSFSheet;
import org.apache.poi.xssf.streaming.SXSSFWorkbook;
import org.apache.poi.xssf.streaming.SheetDataWriter;
import org.apache.poi.xssf.usermodel.XSSFFactory;
import org.apache.poi.xssf.usermodel.XSSFRelation;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.openxmlformats.schemas.spreadsheetml.x2006.main.CTCellStyle;
import org.openxmlformats.schemas.spreadsheetml.x2006.main.CTCellStyles;
import org.openxmlformats.schemas.spreadsheetml.x2006.main.CTRst;

/**
 * POI's streaming workbook with the settings that were measured to be fast (see the benchmark {@code workbook}) and
 * that other programs can read.
 */
final class FastWorkbook extends SXSSFWorkbook {

    /** Rows are never read back, so more of them in memory are useless. */
    static final int ROWS_IN_MEMORY = 10;
    /** Takes 60 % of the time of level 6, for a file that is 20 % larger. */
    static final int ZIP_LEVEL = 2;

    private final long maxPlain;
    private final SharedTexts texts;

    /** By the names of their sheets in the archive. */
    private final Map<String, FastSheetWriter> sheets = new HashMap<>();

    FastWorkbook() {
        this(PlainArchive.MAX_PLAIN);
    }

    /** @param maxPlain largest number of bytes of a sheet's rows without Zip64 */
    FastWorkbook(long maxPlain) {
        super(new NeverSavedWorkbook(), ROWS_IN_MEMORY);
        this.maxPlain = maxPlain;
        this.texts = new SharedTexts(getXSSFWorkbook().getSharedStringSource());
        addDefaultStyle();
    }

    /**
     * Adds the name of the style that all others derive from. POI leaves it out, and Python's readers warn about that.
     */
    private void addDefaultStyle() {
        CTCellStyles styles =
                getXSSFWorkbook().getStylesSource().getCTStylesheet().addNewCellStyles();
        styles.setCount(1);
        CTCellStyle normal = styles.addNewCellStyle();
        normal.setName("Normal");
        normal.setXfId(0);
        normal.setBuiltinId(0);
    }

    @Override
    protected SheetDataWriter createSheetDataWriter() throws IOException {
        FastSheetWriter sheet = new FastSheetWriter(texts);
        sheets.put("xl/worksheets/sheet" + (sheets.size() + 1) + ".xml", sheet);
        return sheet;
    }

    /** The last rows of the sheets are written in random order, so their texts are placed in the table before. */
    @Override
    public void write(OutputStream out) throws IOException {
        for (int number = 0; number < getNumberOfSheets(); number++) {
            SXSSFSheet sheet = getSheetAt(number);
            if (sheet != null) {
                sheet.forEach(row -> row.forEach(texts::place));
            }
        }
        super.write(out);
    }

    @Override
    protected ZipArchiveOutputStream createArchiveOutputStream(OutputStream out) {
        try {
            PlainArchive archive = PlainArchive.to(out, this::isLarge);
            archive.setLevel(ZIP_LEVEL);
            return archive;
        } catch (IOException e) {
            throw new IllegalStateException("There is no room for the archive", e);
        }
    }

    private boolean isLarge(String entry) {
        FastSheetWriter sheet = sheets.get(entry);
        return sheet != null && sheet.bytes() > maxPlain;
    }

    /** POI saves a new workbook to memory when it is closed, although it was written before: a tenth of a small one's time. */
    private static final class NeverSavedWorkbook extends XSSFWorkbook {

        NeverSavedWorkbook() {
            super(new Parts());
        }

        @Override
        public void close() throws IOException {
            getPackage().revert();
            getSharedStringSource().close();
        }
    }

    private static final class Parts extends XSSFFactory {

        @Override
        public POIXMLDocumentPart newDocumentPart(POIXMLRelation relation) {
            return relation.equals(XSSFRelation.SHARED_STRINGS) ? new PlainTexts() : super.newDocumentPart(relation);
        }
    }

    /** POI finds equal texts by their XML, which takes a twentieth of a small workbook's time. */
    private static final class PlainTexts extends SharedStringsTable {

        @Override
        protected String xmlText(CTRst text) {
            return text.isSetT() ? text.getT() : super.xmlText(text);
        }
    }
}
