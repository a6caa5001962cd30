package dev.billingexport.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.poi.openxml4j.exceptions.OpenXML4JException;
import org.apache.poi.openxml4j.opc.PackagePart;
import org.apache.poi.openxml4j.opc.PackageRelationship;
import org.apache.poi.openxml4j.opc.TargetMode;
import org.apache.poi.util.XMLHelper;
import org.jspecify.annotations.Nullable;

/** What makes a workbook show something else than its cells hold, the sheets themselves aside. None of ours does. */
final class Concealment {

    private static final String SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
    private static final String WORKSHEET = SHEETS + "worksheet+xml";
    private static final String DRAWING = "application/vnd.openxmlformats-officedocument.drawing+xml";
    private static final String CHART = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml";

    /** The kinds of parts that our workbooks are made of: no macro, comment, embedded file or link to another workbook. */
    private static final Set<String> PARTS = Set.of(
            "application/vnd.openxmlformats-package.relationships+xml",
            "application/vnd.openxmlformats-package.core-properties+xml",
            "application/vnd.openxmlformats-officedocument.extended-properties+xml",
            SHEETS + "sheet.main+xml",
            SHEETS + "sharedStrings+xml",
            SHEETS + "styles+xml",
            WORKSHEET,
            DRAWING,
            CHART);

    private static final Set<String> SHAPES = Set.of("sp", "pic", "grpSp", "cxnSp", "contentPart");

    /** Where a ZIP archive begins, and where its end does; what lies around them is no part of it. */
    private static final int BEGINNING = 0x504B0304;

    private static final int END = 0x504B0506;
    private static final int END_LENGTH = 22;

    private final OpenedWorkbook workbook;
    private final Differences differences;

    private Concealment(OpenedWorkbook workbook, Differences differences) {
        this.workbook = workbook;
        this.differences = differences;
    }

    static void find(Path file, OpenedWorkbook workbook, Differences differences)
            throws OpenXML4JException, IOException, XMLStreamException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
            int beginning = bytes.readInt();
            bytes.seek(bytes.length() - END_LENGTH);
            if (beginning != BEGINNING || bytes.readInt() != END) {
                differences.add("there is something before or behind the workbook");
            }
        }
        Concealment concealment = new Concealment(workbook, differences);
        concealment.findParts();
        each(workbook.reader().getWorkbookData(), concealment::find);
        workbook.looks().foreign().forEach(format -> differences.add("numbers are shown as '" + format + "'"));
    }

    private void findParts() throws OpenXML4JException, IOException, XMLStreamException {
        int worksheets = 0;
        for (PackagePart part : workbook.archive().getParts()) {
            if (!PARTS.contains(part.getContentType())) {
                differences.add("the part " + part.getPartName() + " is of a kind that no export writes");
            } else if (!part.isRelationshipPart()) {
                findLinks(part);
            }
            worksheets += part.getContentType().equals(WORKSHEET) ? 1 : 0;
            if (part.getContentType().equals(DRAWING)) {
                findShapes(part);
            } else if (part.getContentType().equals(CHART)) {
                findSources(part);
            }
        }
        if (worksheets != workbook.sheets().size()) {
            differences.add("it has " + worksheets + " sheets, of which "
                    + workbook.sheets().size() + " are shown");
        }
    }

    private void findLinks(PackagePart part) throws OpenXML4JException {
        for (PackageRelationship relation : part.getRelationships()) {
            if (relation.getTargetMode() == TargetMode.EXTERNAL) {
                differences.add("the part " + part.getPartName() + " leads to " + relation.getTargetURI());
            }
        }
    }

    /** Charts lie where no cell has anything, and nothing else is drawn. */
    private void findShapes(PackagePart drawing) throws IOException, XMLStreamException {
        each(drawing.getInputStream(), xml -> {
            String element = xml.getLocalName();
            // Of either corner: what ends left of there begins there too.
            if (SHAPES.contains(element)
                    || element.equals("col") && Integer.parseInt(xml.getElementText()) < SummaryCharts.LEFT) {
                differences.add("something is drawn over cells: " + element);
            }
        });
    }

    /** Charts show cells of the first sheet and no figures of their own. */
    private void findSources(PackagePart chart) throws IOException, XMLStreamException {
        String sheet = workbook.sheets().get(0).name();
        each(chart.getInputStream(), xml -> {
            boolean own = xml.getLocalName().equals("numLit");
            if (own || xml.getLocalName().equals("f") && !isOn(sheet, xml.getElementText())) {
                differences.add("the chart " + chart.getPartName() + " shows figures that are not of '" + sheet + "'");
            }
        });
    }

    private static boolean isOn(String sheet, String cells) {
        return cells.startsWith(sheet + "!") || cells.startsWith("'" + sheet + "'!");
    }

    private interface Visitor {
        void visit(XMLStreamReader element) throws XMLStreamException;
    }

    /** Shows each element as it begins. */
    private static void each(InputStream part, Visitor visitor) throws IOException, XMLStreamException {
        try (part) {
            XMLStreamReader xml = XMLHelper.newXMLInputFactory().createXMLStreamReader(part);
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamConstants.START_ELEMENT) {
                    visitor.visit(xml);
                }
            }
        }
    }

    private void find(XMLStreamReader xml) {
        switch (xml.getLocalName()) {
            case "sheet" -> {
                if (!isVisible(xml.getAttributeValue(null, "state"))) {
                    differences.add("the sheet '" + xml.getAttributeValue(null, "name") + "' is hidden");
                }
            }
            case "workbookView" -> {
                if (!isVisible(xml.getAttributeValue(null, "visibility"))
                        || !isDefault(xml.getAttributeValue(null, "showSheetTabs"), "true", "1")) {
                    differences.add("its window or its sheets' tabs are hidden");
                }
            }
            case "workbookPr" -> {
                if (!isDefault(xml.getAttributeValue(null, "date1904"), "false", "0")) {
                    differences.add("its dates count from 1904");
                }
            }
            default -> {}
        }
    }

    private static boolean isVisible(@Nullable String state) {
        return isDefault(state, "visible");
    }

    private static boolean isDefault(@Nullable String value, String... same) {
        return value == null || Set.of(same).contains(value);
    }
}
