package dev.billingexport.report;

import java.io.InputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.poi.ss.util.CellReference;
import org.apache.poi.util.XMLHelper;
import org.apache.poi.xssf.model.SharedStrings;
import org.jspecify.annotations.Nullable;

/** The rows of one sheet, from the first to the last, one in memory. */
final class SheetReader {

    private static final XMLInputFactory XML = XMLHelper.newXMLInputFactory();

    private static final String LINK = "HYPERLINK(\"#";

    private final XMLStreamReader xml;
    private final SharedStrings shared;
    private final Looks looks;
    private final SheetDisguise disguise = new SheetDisguise();
    private int number;

    SheetReader(InputStream sheet, SharedStrings shared, Looks looks) throws XMLStreamException {
        this.xml = XML.createXMLStreamReader(sheet);
        this.shared = shared;
        this.looks = looks;
    }

    /** What a cell's value is. */
    enum Type {
        NUMBER,
        TEXT,
        /** A truth, an error, or a cell that is there twice. */
        OTHER
    }

    /**
     * A cell.
     *
     * @param value as it is stored: a formula's is what it gave when the workbook was written
     * @param formula null for a plain value
     * @param look how a number is shown
     */
    record Cell(Type type, String value, @Nullable String formula, Looks.Kind look) {

        /** Its number, where it is one. */
        BigDecimal number() {
            return BigDecimal.valueOf(Double.parseDouble(value));
        }

        /** Whether the value is what people see: a formula shows it only where it is a link, within the workbook. */
        boolean isShown() {
            if (formula == null) {
                return true;
            }
            int targetEnd = formula.indexOf('"', LINK.length());
            return formula.startsWith(LINK)
                    && targetEnd > 0
                    && formula.substring(targetEnd).equals("\",\"" + value.replace("\"", "\"\"") + "\")");
        }
    }

    /**
     * A row.
     *
     * @param number from 1
     * @param cells from the first column; null where there is none
     */
    record Row(int number, List<@Nullable Cell> cells) {

        @Nullable
        Cell cell(int column) {
            return column < cells.size() ? cells.get(column) : null;
        }

        /** The cells that have something in them, by their columns, from the left. */
        SortedMap<Integer, Cell> filled() {
            SortedMap<Integer, Cell> filled = new TreeMap<>();
            for (int column = 0; column < cells.size(); column++) {
                Cell cell = cells.get(column);
                if (cell != null && !cell.value().isEmpty()) {
                    filled.put(column, cell);
                }
            }
            return filled;
        }

        /** Whether there is nothing to be seen from a column on. */
        boolean isEmptyFrom(int column) {
            return cells.stream()
                    .skip(column)
                    .allMatch(cell -> cell == null || cell.value().isEmpty());
        }
    }

    /** The next row, or null after the last. */
    @Nullable
    Row next() throws XMLStreamException {
        while (xml.hasNext()) {
            if (xml.next() != XMLStreamConstants.START_ELEMENT) {
                continue;
            }
            boolean begins = xml.getLocalName().equals("row");
            if (begins) {
                String given = xml.getAttributeValue(null, "r");
                number = given == null ? number + 1 : Integer.parseInt(given);
            }
            disguise.pass(xml, number);
            if (begins) {
                return new Row(number, cells());
            }
        }
        return null;
    }

    /** What keeps people from seeing the rows; complete after the last of them. */
    SheetDisguise disguise() {
        return disguise;
    }

    private List<@Nullable Cell> cells() throws XMLStreamException {
        List<@Nullable Cell> cells = new ArrayList<>();
        String row = Integer.toString(number);
        while (!isEnd("row")) {
            if (xml.next() == XMLStreamConstants.START_ELEMENT
                    && xml.getLocalName().equals("c")) {
                String place = xml.getAttributeValue(null, "r");
                String style = xml.getAttributeValue(null, "s");
                int column = place == null ? cells.size() : column(place);
                Cell cell =
                        cell(xml.getAttributeValue(null, "t"), looks.of(style == null ? 0 : Integer.parseInt(style)));
                cells.addAll(Collections.nCopies(Math.max(0, column + 1 - cells.size()), null));
                if (cells.get(column) != null) {
                    cell = new Cell(Type.OTHER, place + " twice", null, cell.look());
                } else if (place != null && !isIn(row, place)) {
                    cell = new Cell(Type.OTHER, place + " in row " + number, null, cell.look());
                }
                cells.set(column, cell);
            }
        }
        return cells;
    }

    private static boolean isIn(String row, String place) {
        return place.endsWith(row) && Character.isLetter(place.charAt(place.length() - row.length() - 1));
    }

    private static int column(String place) {
        int letters = 0;
        while (letters < place.length() && Character.isLetter(place.charAt(letters))) {
            letters++;
        }
        return CellReference.convertColStringToIndex(place.substring(0, letters));
    }

    private Cell cell(@Nullable String type, Looks.Kind look) throws XMLStreamException {
        StringBuilder value = new StringBuilder();
        String formula = null;
        while (!isEnd("c")) {
            if (xml.next() == XMLStreamConstants.START_ELEMENT) {
                switch (xml.getLocalName()) {
                    case "v", "t" -> value.append(xml.getElementText());
                    case "f" -> formula = xml.getElementText();
                    case "rPh" -> skip("rPh");
                    default -> {}
                }
            }
        }
        return switch (type == null ? "n" : type) {
            case "n" -> new Cell(Type.NUMBER, value.toString(), formula, look);
            case "str", "inlineStr" -> new Cell(Type.TEXT, value.toString(), formula, look);
            case "s" ->
                new Cell(
                        Type.TEXT,
                        shared.getItemAt(Integer.parseInt(value.toString())).getString(),
                        formula,
                        look);
            default -> new Cell(Type.OTHER, type + " " + value, formula, look);
        };
    }

    /** A reading aid, which is no part of the text. */
    private void skip(String element) throws XMLStreamException {
        while (!isEnd(element)) {
            xml.next();
        }
    }

    private boolean isEnd(String element) {
        return xml.getEventType() == XMLStreamConstants.END_ELEMENT
                && xml.getLocalName().equals(element);
    }
}
