package dev.billingexport.report;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamException;
import org.apache.poi.openxml4j.exceptions.OpenXML4JException;
import org.apache.poi.openxml4j.opc.OPCPackage;
import org.apache.poi.openxml4j.opc.PackageAccess;
import org.apache.poi.openxml4j.opc.PackagePart;
import org.apache.poi.openxml4j.util.ZipSecureFile;
import org.apache.poi.xssf.eventusermodel.XSSFReader;
import org.apache.poi.xssf.model.SharedStrings;
import org.xml.sax.SAXException;

/** A delivered workbook, open to be read sheet by sheet. */
final class OpenedWorkbook implements Closeable {

    /** A month of much the same rows shrinks to less than the hundredth that POI takes for an attack. */
    private static final double MOST_SHRUNK = 0.0005;

    private final OPCPackage archive;
    private final XSSFReader reader;
    private final SharedStrings texts;
    private final Looks looks;
    private final List<Sheet> sheets = new ArrayList<>();

    /** A sheet, in the order in which people see them. */
    record Sheet(String name, PackagePart part) {}

    private OpenedWorkbook(OPCPackage archive) throws IOException, OpenXML4JException, SAXException {
        this.archive = archive;
        this.reader = new XSSFReader(archive);
        this.texts = reader.getSharedStringsTable();
        this.looks = new Looks(reader.getStylesTable());
        XSSFReader.SheetIterator each = reader.getSheetIterator();
        while (each.hasNext()) {
            each.next().close();
            sheets.add(new Sheet(each.getSheetName(), each.getSheetPart()));
        }
    }

    /** @throws DeliveredCsv.UnreadableException where it is none */
    static OpenedWorkbook open(Path file) {
        ZipSecureFile.setMinInflateRatio(MOST_SHRUNK);
        try {
            OPCPackage archive = OPCPackage.open(file.toFile(), PackageAccess.READ);
            try {
                return new OpenedWorkbook(archive);
            } catch (IOException | OpenXML4JException | SAXException | RuntimeException e) {
                archive.revert();
                throw e;
            }
        } catch (IOException | OpenXML4JException | SAXException | RuntimeException e) {
            throw unreadable(e);
        }
    }

    /** What is to be thrown for an error while it is read; itself where it says so already. */
    static DeliveredCsv.UnreadableException unreadable(Exception e) {
        return e instanceof DeliveredCsv.UnreadableException known
                ? known
                : new DeliveredCsv.UnreadableException("it is no workbook: " + e.getMessage());
    }

    OPCPackage archive() {
        return archive;
    }

    XSSFReader reader() {
        return reader;
    }

    Looks looks() {
        return looks;
    }

    List<Sheet> sheets() {
        return sheets;
    }

    /** The rows of a sheet; the stream is to be closed. */
    SheetReader rows(InputStream sheet) throws XMLStreamException {
        return new SheetReader(sheet, texts, looks);
    }

    @Override
    public void close() {
        archive.revert();
    }
}
