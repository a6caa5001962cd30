package dev.billingexport.report;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    /** What lies over cells. */
    private static final Set<String> COVERS =
            Set.of("mergeCell", "drawing", "legacyDrawing", "picture", "oleObject", "control");

    private final XMLStreamReader xml;
    private final SharedStrings shared;
    private final Map<String, String> hidden = new LinkedHashMap<>();
    private boolean covered;
    private int number;

    SheetReader(InputStream sheet, SharedStrings shared) throws XMLStreamException {
        this.xml = XML.createXMLStreamReader(sheet);
        this.shared = shared;
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
     */
    record Cell(Type type, String value, @Nullable String formula) {

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
            String element = xml.getLocalName();
            covered = covered || COVERS.contains(element);
            if (element.equals("col")) {
                hide(element, "width", "column " + xml.getAttributeValue(null, "min"));
            } else if (element.equals("row")) {
                String given = xml.getAttributeValue(null, "r");
                number = given == null ? number + 1 : Integer.parseInt(given);
                hide(element, "ht", "row " + number);
                return new Row(number, cells());
            }
        }
        return null;
    }

    private void hide(String element, String length, String what) {
        String given = xml.getAttributeValue(null, length);
        String state = xml.getAttributeValue(null, "hidden");
        boolean seen = (given == null || Double.parseDouble(given) > 0)
                && (state == null || state.equals("0") || state.equals("false"));
        if (!seen) {
            hidden.putIfAbsent(element, what);
        }
    }

    /** The first column and the first row that nobody sees, among those that were read. */
    Collection<String> hidden() {
        return hidden.values();
    }

    /** Whether something lies over the cells; known after the last row. */
    boolean isCovered() {
        return covered;
    }

    private List<@Nullable Cell> cells() throws XMLStreamException {
        List<@Nullable Cell> cells = new ArrayList<>();
        while (!isEnd("row")) {
            if (xml.next() == XMLStreamConstants.START_ELEMENT
                    && xml.getLocalName().equals("c")) {
                String place = xml.getAttributeValue(null, "r");
                int column = place == null ? cells.size() : column(place);
                Cell cell = cell(xml.getAttributeValue(null, "t"));
                cells.addAll(Collections.nCopies(Math.max(0, column + 1 - cells.size()), null));
                boolean twice = cells.get(column) != null;
                cells.set(column, twice ? new Cell(Type.OTHER, place + " twice", null) : cell);
            }
        }
        return cells;
    }

    private static int column(String place) {
        int letters = 0;
        while (letters < place.length() && Character.isLetter(place.charAt(letters))) {
            letters++;
        }
        return CellReference.convertColStringToIndex(place.substring(0, letters));
    }

    private Cell cell(@Nullable String type) throws XMLStreamException {
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
            case "n" -> new Cell(Type.NUMBER, value.toString(), formula);
            case "str", "inlineStr" -> new Cell(Type.TEXT, value.toString(), formula);
            case "s" ->
                new Cell(
                        Type.TEXT,
                        shared.getItemAt(Integer.parseInt(value.toString())).getString(),
                        formula);
            default -> new Cell(Type.OTHER, type + " " + value, formula);
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
