package dev.billingexport.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLStreamReader;
import org.apache.poi.ss.util.CellRangeAddress;
import org.jspecify.annotations.Nullable;

/** What keeps a reader from seeing the cells of a sheet, found while its elements pass by. */
final class SheetDisguise {

    /** Nobody sees a row or column that is smaller; ours are larger. */
    private static final double LEAST_POINTS = 9;

    private static final double LEAST_WIDTH = 2;

    private static final Set<String> COVERS =
            Set.of("legacyDrawing", "picture", "oleObject", "control", "dataValidation");

    /** The first of each kind, for there may be a million. */
    private final Map<String, String> found = new LinkedHashMap<>();

    private final List<CellRangeAddress> merged = new ArrayList<>();
    private boolean drawn;

    /** @param row the number of the row that begins, where one does */
    void pass(XMLStreamReader xml, int row) {
        String element = xml.getLocalName();
        switch (element) {
            case "row" -> hide(xml, "ht", LEAST_POINTS, "row " + row);
            case "col" -> hide(xml, "width", LEAST_WIDTH, "column " + xml.getAttributeValue(null, "min"));
            case "sheetFormatPr" -> {
                if (isTrue(xml.getAttributeValue(null, "zeroHeight"))) {
                    found.putIfAbsent(element, "rows are hidden");
                }
            }
            case "pane", "sheetView" -> {
                String first = xml.getAttributeValue(null, "topLeftCell");
                if (first != null && !first.equals("A2")) {
                    found.putIfAbsent(element, "rows are scrolled out of sight");
                }
            }
            case "mergeCell" -> merged.add(CellRangeAddress.valueOf(xml.getAttributeValue(null, "ref")));
            case "drawing" -> drawn = true;
            default -> {
                if (COVERS.contains(element)) {
                    found.putIfAbsent(element, "there is a " + element);
                }
            }
        }
    }

    private void hide(XMLStreamReader xml, String length, double least, String what) {
        String given = xml.getAttributeValue(null, length);
        boolean flat = given != null && Double.parseDouble(given) < least;
        if (flat || isTrue(xml.getAttributeValue(null, "hidden"))) {
            found.putIfAbsent(xml.getLocalName(), what + " is hidden");
        }
    }

    private static boolean isTrue(@Nullable String flag) {
        return flag != null && !flag.equals("0") && !flag.equals("false");
    }

    /** In words, complete once the last element has passed. */
    List<String> found() {
        return List.copyOf(found.values());
    }

    /** Cells that are one: only the first is seen. */
    List<CellRangeAddress> merged() {
        return merged;
    }

    /** Whether anything lies on it, as charts do. */
    boolean isDrawnOn() {
        return drawn;
    }
}
