package dev.billingexport.report;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.poi.openxml4j.exceptions.OpenXML4JException;
import org.apache.poi.openxml4j.opc.OPCPackage;
import org.apache.poi.openxml4j.opc.PackagePart;
import org.apache.poi.openxml4j.opc.PackageRelationship;
import org.apache.poi.openxml4j.opc.TargetMode;
import org.apache.poi.util.XMLHelper;
import org.apache.poi.xssf.eventusermodel.XSSFReader;
import org.jspecify.annotations.Nullable;

/** What makes a workbook show something else than its cells hold, the sheets themselves aside. None of ours does. */
final class Concealment {

    private static final String SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
    private static final String DRAWINGS = "application/vnd.openxmlformats-officedocument.drawing";

    /** The kinds of parts that our workbooks are made of: no macro, comment, embedded file or link to another workbook. */
    private static final Set<String> PARTS = Set.of(
            "application/vnd.openxmlformats-package.relationships+xml",
            "application/vnd.openxmlformats-package.core-properties+xml",
            "application/vnd.openxmlformats-officedocument.extended-properties+xml",
            SHEETS + "sheet.main+xml",
            SHEETS + "worksheet+xml",
            SHEETS + "sharedStrings+xml",
            SHEETS + "styles+xml",
            DRAWINGS + "+xml",
            DRAWINGS + "ml.chart+xml");

    /** Places for digits and for the parts of a time, and a dash for none; no words of its own, and no hidden number. */
    private static final Pattern FORMAT = Pattern.compile("(?!.*;;)([#0?,._;@ymdhsGenral:/ -]|\"\u2013\")+");

    private Concealment() {}

    static void find(OPCPackage archive, XSSFReader workbook, Differences differences)
            throws OpenXML4JException, IOException, XMLStreamException {
        for (PackagePart part : archive.getParts()) {
            if (!PARTS.contains(part.getContentType())) {
                differences.add("the part " + part.getPartName() + " is of a kind that no export writes");
            } else if (!part.isRelationshipPart()) {
                findLinks(part, differences);
            }
        }
        findHiddenSheets(workbook, differences);
        workbook.getStylesTable().getNumberFormats().values().stream()
                .filter(format -> !FORMAT.matcher(format).matches())
                .forEach(format -> differences.add("numbers are shown as '" + format + "'"));
    }

    private static void findLinks(PackagePart part, Differences differences) throws OpenXML4JException {
        for (PackageRelationship relation : part.getRelationships()) {
            if (relation.getTargetMode() == TargetMode.EXTERNAL) {
                differences.add("the part " + part.getPartName() + " leads to " + relation.getTargetURI());
            }
        }
    }

    private static void findHiddenSheets(XSSFReader workbook, Differences differences)
            throws OpenXML4JException, IOException, XMLStreamException {
        try (InputStream stream = workbook.getWorkbookData()) {
            XMLStreamReader xml = XMLHelper.newXMLInputFactory().createXMLStreamReader(stream);
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamConstants.START_ELEMENT
                        && xml.getLocalName().equals("sheet")
                        && !isVisible(xml.getAttributeValue(null, "state"))) {
                    differences.add("the sheet '" + xml.getAttributeValue(null, "name") + "' is hidden");
                }
            }
        }
    }

    private static boolean isVisible(@Nullable String state) {
        return state == null || state.equals("visible");
    }
}
