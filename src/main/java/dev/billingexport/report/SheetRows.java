package dev.billingexport.report;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import javax.xml.stream.XMLStreamException;
import org.apache.poi.openxml4j.exceptions.OpenXML4JException;
import org.apache.poi.openxml4j.opc.PackagePart;
import org.apache.poi.xssf.eventusermodel.XSSFReader;
import org.apache.poi.xssf.model.SharedStrings;
import org.jspecify.annotations.Nullable;
import org.xml.sax.SAXException;

/** The rows of one table of a delivered workbook, through all of its sheets, without their headings. */
final class SheetRows implements AutoCloseable {

    private final Deque<Sheet> sheets;
    private final SharedStrings shared;
    private final String base;
    private final int width;
    private int part = 1;
    private String name;
    private InputStream stream;
    private SheetReader reader;
    private int lastNumber = 1;
    private boolean first = true;
    private final List<String> concealed = new ArrayList<>();

    /** A sheet of a workbook. */
    record Sheet(String name, PackagePart part) {}

    static List<Sheet> sheets(XSSFReader workbook) throws IOException, OpenXML4JException {
        List<Sheet> sheets = new ArrayList<>();
        XSSFReader.SheetIterator each = workbook.getSheetIterator();
        while (each.hasNext()) {
            each.next().close();
            sheets.add(new Sheet(each.getSheetName(), each.getSheetPart()));
        }
        return sheets;
    }

    /** Takes a table's sheets off the queue. */
    static void skip(Deque<Sheet> sheets) {
        String base = sheets.remove().name();
        for (int part = 2; isPart(sheets.peek(), base, part); part++) {
            sheets.remove();
        }
    }

    private static boolean isPart(@Nullable Sheet sheet, String base, int part) {
        return sheet != null && sheet.name().equals(SessionLinks.name(base, part));
    }

    /** The columns that a sheet's heading has. */
    static int width(Sheet sheet, XSSFReader workbook)
            throws IOException, OpenXML4JException, SAXException, XMLStreamException {
        try (InputStream stream = sheet.part().getInputStream()) {
            return width(new SheetReader(stream, workbook.getSharedStringsTable()));
        }
    }

    /** Takes the table's sheets off the queue, the first one at once. */
    SheetRows(Deque<Sheet> sheets, XSSFReader workbook)
            throws IOException, OpenXML4JException, SAXException, XMLStreamException {
        this.sheets = sheets;
        this.shared = workbook.getSharedStringsTable();
        Sheet sheet = sheets.remove();
        this.base = sheet.name();
        this.name = sheet.name();
        this.stream = sheet.part().getInputStream();
        this.reader = new SheetReader(stream, shared);
        this.width = width(reader);
    }

    private static int width(SheetReader reader) throws XMLStreamException {
        SheetReader.Row heading = reader.next();
        return heading == null ? 0 : heading.cells().size();
    }

    int width() {
        return width;
    }

    /** Of the sheet that the last row was on. */
    String name() {
        return name;
    }

    /** The number of the last row in its sheet. */
    int lastNumber() {
        return lastNumber;
    }

    /** Whether the last row was the first of its sheet, the heading aside. */
    boolean isFirst() {
        return first;
    }

    /** The next row, or null after the last of the last sheet. */
    SheetReader.@Nullable Row next() throws XMLStreamException, IOException {
        SheetReader.Row row = reader.next();
        first = false;
        while (row == null && isPart(sheets.peek(), base, part + 1)) {
            endSheet();
            stream.close();
            Sheet sheet = sheets.remove();
            part++;
            name = sheet.name();
            stream = sheet.part().getInputStream();
            reader = new SheetReader(stream, shared);
            reader.next();
            row = reader.next();
            first = true;
        }
        if (row == null) {
            endSheet();
        } else {
            lastNumber = row.number();
        }
        return row;
    }

    private void endSheet() {
        reader.hidden().forEach(each -> concealed.add(each + " of the sheet '" + name + "' is hidden"));
        if (reader.isCovered()) {
            concealed.add("cells of the sheet '" + name + "' are covered");
        }
    }

    /** What keeps a reader from seeing all rows, in words; to be asked after the last of them. */
    List<String> concealed() {
        return concealed;
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
