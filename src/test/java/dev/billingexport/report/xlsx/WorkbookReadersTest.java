package dev.billingexport.report.xlsx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.billingexport.report.Format;
import dev.billingexport.report.Month;
import dev.billingexport.report.Months;
import dev.billingexport.report.Report;
import dev.billingexport.report.table.Contents;
import dev.billingexport.report.table.Figures;
import dev.billingexport.report.table.Language;
import dev.billingexport.report.table.ReportHead;
import dev.billingexport.report.table.Wording;
import dev.billingexport.testing.InstalledProgram;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.poi.xssf.streaming.SXSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A workbook in the hands of other programs, those that read it as a stream among them. */
class WorkbookReadersTest {

    /** Installed once for a build folder. */
    private static final Path NODE = Path.of("target/readers/node");

    private static final Path PYTHON = Path.of("target/readers/python");

    @TempDir
    Path folder;

    private Path workbook;

    @BeforeEach
    void render() throws IOException {
        Report report =
                new Report(Month.head(Month.UTC), Months.plain(), Month.properties(Format.XLSX), Month.unrated());
        workbook = folder.resolve(
                report.render("billing_2026-10.xlsx", folder).get(0).name());
    }

    @Test
    void noPartNeedsMoreThanPlainZip() throws IOException {
        try (ZipFile zip = ZipFile.builder().setPath(workbook).get()) {
            List<ZipArchiveEntry> parts = Collections.list(zip.getEntriesInPhysicalOrder());
            assertThat(parts).hasSizeGreaterThan(10).allSatisfy(part -> {
                assertThat(part.getExtraFields(true)).isEmpty();
                assertThat(part.getGeneralPurposeBit().usesDataDescriptor()).isFalse();
                assertThat(part.getTimeLocal()).isEqualTo("1980-02-01T00:00:00");
            });
        }
        assertThat(partsOfAStream(workbook)).contains("xl/workbook.xml", "xl/worksheets/sheet7.xml");
    }

    /** With another limit than that of zip, for a sheet of 4 GiB takes a minute. */
    @Test
    void onlyAPartThatNeedsZip64HasIt() throws IOException {
        Path file = folder.resolve("large.xlsx");
        try (FastWorkbook large = new FastWorkbook(100_000);
                OutputStream out = Files.newOutputStream(file)) {
            rows(large.createSheet("Small"), 10);
            rows(large.createSheet("Large"), 5_000);
            large.write(out);
        }
        TreeMap<String, Integer> needed = new TreeMap<>();
        try (ZipFile zip = ZipFile.builder().setPath(file).get()) {
            Collections.list(zip.getEntries()).forEach(part -> needed.put(part.getName(), room(part)));
        }
        assertThat(needed).containsEntry("xl/worksheets/sheet1.xml", 0).containsEntry("xl/worksheets/sheet2.xml", 20);
        try (XSSFWorkbook read = new XSSFWorkbook(file.toFile().getPath())) {
            assertThat(read.getSheet("Large").getLastRowNum()).isEqualTo(4_999);
        }
    }

    private static void rows(SXSSFSheet sheet, int rows) {
        IntStream.range(0, rows)
                .forEach(row -> sheet.createRow(row).createCell(0).setCellValue("row " + row));
    }

    /** A placeholder has the same size whether it is used or not. */
    private static int room(ZipArchiveEntry part) {
        return part.getLocalFileDataExtra().length;
    }

    private static List<String> partsOfAStream(Path file) throws IOException {
        List<String> parts = new ArrayList<>();
        try (InputStream in = Files.newInputStream(file);
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry part = zip.getNextEntry(); part != null; part = zip.getNextEntry()) {
                assertThat(part.getSize()).as(part.getName()).isEqualTo(zip.readAllBytes().length);
                parts.add(part.getName());
            }
        }
        return parts;
    }

    @Test
    void fastexcelReadsItAsAStream() throws IOException {
        try (InputStream in = Files.newInputStream(workbook);
                ReadableWorkbook read = new ReadableWorkbook(in)) {
            assertThat(read.findSheet("Call details").orElseThrow().read())
                    .hasSize(4)
                    .element(1)
                    .satisfies(row -> assertThat(row.getCellText(7)).isEqualTo("Ada"));
        }
    }

    /** What is in small sheets and in headings is where every preview looks for it. */
    @Test
    void textsOfSmallSheetsAreShared() throws IOException {
        Path large = folder.resolve("large.xlsx");
        try (OutputStream out = Files.newOutputStream(large)) {
            ReportHead head = Month.head(Month.UTC);
            Contents contents = new Contents(
                    head,
                    Months.of(500),
                    Month.reconciliation(head),
                    Month.unrated(),
                    null,
                    () -> Figures.of(Months.of(500), head.period(), Month.reconciliation(head), null));
            new WorkbookWriter(contents, new Wording(Language.EN), WorkbookWriter.ROW_LIMIT)
                    .write(out, folder.resolve("tmp"));
        }
        try (ZipFile zip = ZipFile.builder().setPath(workbook).get()) {
            for (int sheet = 1; sheet <= 7; sheet++) {
                assertThat(part(zip, "xl/worksheets/sheet" + sheet + ".xml"))
                        .contains("t=\"s\"")
                        .doesNotContain("inlineStr");
            }
            assertThat(part(zip, "xl/styles.xml")).contains("<cellStyle name=\"Normal\"");
        }
        try (ZipFile zip = ZipFile.builder().setPath(large).get()) {
            String sessions = part(zip, "xl/worksheets/sheet1.xml");
            assertThat(sessions).contains("t=\"s\"", "inlineStr");
            assertThat(sessions.indexOf("inlineStr")).isGreaterThan(sessions.indexOf("<row r=\"301\""));
        }
    }

    private static String part(ZipFile zip, String name) throws IOException {
        try (InputStream in = zip.getInputStream(zip.getEntry(name))) {
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    /** SheetJS warns of what it can't read, and exceljs' reader stops there. */
    @Test
    void readersOfNodeShowEveryTextAndComplainOfNothing() throws Exception {
        InstalledProgram node = program("node");
        install(
                program("npm"),
                NODE,
                "install",
                "--prefix",
                NODE.toString(),
                "--no-audit",
                "--no-fund",
                "--ignore-scripts",
                "--fetch-retries=0",
                "xlsx@0.18.5",
                "exceljs@4.4.0");
        Path script = Files.writeString(NODE.resolve("read.cjs"), """
                const fs = require('fs');
                console.error = console.warn = console.log;
                const sheets = require('xlsx').read(fs.readFileSync(process.argv[2])).Sheets;
                console.log('SheetJS', sheets['Users'].B2.v, sheets['Sessions'].E3.v, sheets['Call details'].H2.v);
                (async () => {
                  const seen = [];
                  const reader = new (require('exceljs').stream.xlsx.WorkbookReader)(
                      fs.createReadStream(process.argv[2]), { sharedStrings: 'cache', worksheets: 'emit' });
                  for await (const sheet of reader) for await (const row of sheet) seen.push(row.getCell(2).value);
                  console.log('exceljs', seen.includes('Grace'), seen.includes('m-s-4'));
                })();
                """);

        assertThat(node.run(folder, script.toString(), workbook.toString()).lines())
                .containsExactly("SheetJS Grace Ada Lovelace Ada", "exceljs true true");
    }

    @Test
    void openpyxlWarnsOfNothing() throws Exception {
        InstalledProgram python = program("python3");
        install(
                python,
                PYTHON,
                "-m",
                "pip",
                "install",
                "--quiet",
                "--target",
                PYTHON.toString(),
                "--retries",
                "0",
                "openpyxl==3.1.5");
        String script = """
                import sys, warnings
                sys.path.insert(0, sys.argv[1])
                warnings.simplefilter('error')
                import openpyxl
                book = openpyxl.load_workbook(sys.argv[2], read_only=len(sys.argv) > 3)
                print(book['Users']['B2'].value, book['Sessions']['E3'].value, book['Sessions']['I2'].value)
                """;

        for (List<String> more : List.of(List.<String>of(), List.of("read-only"))) {
            List<String> arguments = new ArrayList<>(List.of("-c", script, PYTHON.toString(), workbook.toString()));
            arguments.addAll(more);
            assertThat(python.run(folder, arguments.toArray(String[]::new)).strip())
                    .isEqualTo("Grace Ada Lovelace 61.5");
        }
    }

    private static InstalledProgram program(String name) {
        Optional<InstalledProgram> program = InstalledProgram.find(name);
        assumeTrue(program.isPresent(), name + " is not installed");
        return program.orElseThrow();
    }

    private void install(InstalledProgram installer, Path place, String... arguments) throws Exception {
        Files.createDirectories(place);
        Path done = place.resolve("done");
        if (Files.notExists(done)) {
            try {
                installer.run(folder, arguments);
                Files.createFile(done);
            } catch (IOException e) {
                assumeTrue(false, "The readers can't be installed here: " + e.getMessage());
            }
        }
    }
}
