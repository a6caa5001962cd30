package dev.billingexport.report.xlsx;

import java.io.IOException;
import java.util.Arrays;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.util.CellReference;
import org.apache.poi.xssf.streaming.SXSSFRow;
import org.apache.poi.xssf.streaming.SheetDataWriter;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.NumberOutput;

/**
 * Writes a sheet's cells byte for byte as POI does, except for {@link SharedTexts}, but faster: a cell is built in one
 * buffer, and what repeats from row to row is computed once. Kinds of cells that data sheets don't have are left to
 * POI. Numbers are written with the digits that Java 19 and later produce, so that every Java version writes the same
 * workbook.
 */
final class FastSheetWriter extends SheetDataWriter {

    private String[] columns = {};
    private String[] styles = {};
    private char[] buffer = new char[1 << 10];
    private int length;
    private String row = "";
    private int rowNumber;
    private final SharedTexts texts;

    FastSheetWriter(SharedTexts texts) throws IOException {
        this.texts = texts;
    }

    /** Returns the number of bytes written, without the last few thousand. */
    long bytes() {
        return getTempFile().length();
    }

    @Override
    public void writeRow(int number, SXSSFRow cells) throws IOException {
        row = Integer.toString(number + 1);
        rowNumber = number;
        super.writeRow(number, cells);
    }

    @Override
    public void writeCell(int column, Cell cell) throws IOException {
        CellType type = cell == null ? CellType.BLANK : cell.getCellType();
        if (type == CellType.STRING) {
            begin(column, cell);
            text(cell.getStringCellValue());
        } else if (type == CellType.NUMERIC) {
            begin(column, cell);
            put(" t=\"n\"><v>");
            put(NumberOutput.toString(cell.getNumericCellValue(), true));
            put("</v></c>");
        } else if (type == CellType.FORMULA && cell.getCachedFormulaResultType() == CellType.STRING) {
            begin(column, cell);
            put(" t=\"str\"><f>");
            putEscaped(cell.getCellFormula());
            put("</f>");
            if (!cell.getStringCellValue().isEmpty()) {
                put("<v>");
                putEscaped(cell.getStringCellValue());
                put("</v>");
            }
            put("</c>");
        } else {
            super.writeCell(column, cell);
            return;
        }
        _out.write(buffer, 0, length);
    }

    private void begin(int column, Cell cell) {
        length = 0;
        put("<c r=\"");
        put(column(column));
        put(row);
        put("\"");
        put(style(cell.getCellStyle().getIndex() & 0xFFFF));
    }

    private void text(String value) {
        int place = texts.place(value, rowNumber);
        if (place >= 0) {
            put(" t=\"s\"><v>");
            put(Integer.toString(place));
            put("</v></c>");
            return;
        }
        put(" t=\"inlineStr\"><is><t");
        if (!value.isEmpty()
                && (Character.isWhitespace(value.charAt(0))
                        || Character.isWhitespace(value.charAt(value.length() - 1)))) {
            put(" xml:space=\"preserve\"");
        }
        put(">");
        putEscaped(value);
        put("</t></is></c>");
    }

    private String column(int column) {
        if (column >= columns.length) {
            columns = new String[column + 1];
            Arrays.setAll(columns, CellReference::convertNumToColString);
        }
        return columns[column];
    }

    private String style(int index) {
        if (index >= styles.length) {
            styles = new String[index + 1];
            Arrays.setAll(styles, each -> each == 0 ? "" : " s=\"" + each + "\"");
        }
        return styles[index];
    }

    private void put(String text) {
        int end = length + text.length();
        if (end > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(end, 2 * buffer.length));
        }
        text.getChars(0, text.length(), buffer, length);
        length = end;
    }

    private void putEscaped(String text) {
        int written = 0;
        for (int i = 0; i < text.length(); i++) {
            String escape = escape(text.charAt(i));
            if (escape != null) {
                put(text.substring(written, i));
                put(escape);
                written = i + 1;
            }
        }
        put(written == 0 ? text : text.substring(written));
    }

    private static @Nullable String escape(char c) {
        if (c > '>' && c != '\u00A0' && c < '\uFFFE') {
            return null;
        }
        return switch (c) {
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '&' -> "&amp;";
            case '"' -> "&quot;";
            case '\n' -> "&#xa;";
            case '\r' -> "&#xd;";
            case '\t' -> "&#x9;";
            case '\u00A0' -> "&#xa0;";
            default -> c < ' ' || c >= '\uFFFE' ? "?" : null;
        };
    }
}
