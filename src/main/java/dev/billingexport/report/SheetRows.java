package dev.billingexport.report;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** The rows of one table of a delivered workbook, through all of its sheets, without their headings. */
final class SheetRows implements AutoCloseable {

    private final Deque<OpenedWorkbook.Sheet> sheets;
    private final OpenedWorkbook workbook;
    private final String base;
    private final List<String> headings;
    private final List<WrittenTable.Part> parts = new ArrayList<>();
    private final List<String> disguises = new ArrayList<>();
    private String name;
    private InputStream stream;
    private SheetReader reader;
    private int rows;
    private int lastNumber = 1;
    private boolean followsOn = true;

    /** Takes a table's sheets off the queue. */
    static void skip(Deque<OpenedWorkbook.Sheet> sheets) {
        String base = sheets.remove().name();
        for (int part = 2; isPart(sheets.peek(), base, part); part++) {
            sheets.remove();
        }
    }

    private static boolean isPart(OpenedWorkbook.@Nullable Sheet sheet, String base, int part) {
        return sheet != null && sheet.name().equals(SessionLinks.name(base, part));
    }

    /** The columns that a sheet's heading has. */
    static int width(OpenedWorkbook.Sheet sheet, OpenedWorkbook workbook) throws IOException, XMLStreamException {
        try (InputStream stream = sheet.part().getInputStream()) {
            return headings(workbook.rows(stream)).size();
        }
    }

    /** Takes the table's sheets off the queue, the first one at once. */
    SheetRows(Deque<OpenedWorkbook.Sheet> sheets, OpenedWorkbook workbook) throws IOException, XMLStreamException {
        this.sheets = sheets;
        this.workbook = workbook;
        OpenedWorkbook.Sheet sheet = sheets.remove();
        this.base = sheet.name();
        this.name = sheet.name();
        this.stream = sheet.part().getInputStream();
        this.reader = workbook.rows(stream);
        this.headings = headings(reader);
    }

    private static List<String> headings(SheetReader reader) throws XMLStreamException {
        SheetReader.Row row = reader.next();
        return row == null
                ? List.of()
                : row.cells().stream()
                        .map(cell -> cell == null ? "" : cell.value())
                        .toList();
    }

    /** Of its first sheet, from left to right. */
    List<String> headings() {
        return headings;
    }

    /** Of the sheet that the last row was on. */
    String name() {
        return name;
    }

    /** Whether the last row is right below the one before it, or below the heading. */
    boolean followsOn() {
        return followsOn;
    }

    /** How many rows were read so far, sheet by sheet. */
    List<WrittenTable.Part> parts() {
        return parts(rows);
    }

    /** The same without the last one. */
    List<WrittenTable.Part> partsBefore() {
        return parts(rows - 1);
    }

    private List<WrittenTable.Part> parts(int ofThisSheet) {
        List<WrittenTable.Part> all = new ArrayList<>(parts);
        if (ofThisSheet > 0 || all.isEmpty()) {
            all.add(new WrittenTable.Part(name, ofThisSheet));
        }
        return all;
    }

    /** The next row, or null after the last of the last sheet. */
    SheetReader.@Nullable Row next() throws XMLStreamException, IOException {
        SheetReader.Row row = reader.next();
        while (row == null && isPart(sheets.peek(), base, parts.size() + 2)) {
            endSheet();
            stream.close();
            OpenedWorkbook.Sheet sheet = sheets.remove();
            parts.add(new WrittenTable.Part(name, rows));
            name = sheet.name();
            rows = 0;
            lastNumber = 1;
            stream = sheet.part().getInputStream();
            reader = workbook.rows(stream);
            if (!headings(reader).equals(headings)) {
                disguises.add("the sheet '" + name + "' has other headings than '" + base + "'");
            }
            row = reader.next();
        }
        if (row == null) {
            endSheet();
        } else {
            rows++;
            followsOn = row.number() == lastNumber + 1;
            lastNumber = row.number();
        }
        return row;
    }

    private void endSheet() {
        SheetDisguise disguise = reader.disguise();
        disguise.found().forEach(each -> disguises.add(each + " on the sheet '" + name + "'"));
        if (disguise.isDrawnOn() || !disguise.merged().isEmpty()) {
            disguises.add("cells are covered on the sheet '" + name + "'");
        }
    }

    /** What keeps people from seeing all rows as they are, in words; to be asked after the last of them. */
    List<String> disguises() {
        return disguises;
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
