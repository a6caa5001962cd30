package dev.billingexport.report;

import dev.billingexport.report.csv.CsvWriter;
import dev.billingexport.report.html.HtmlWriter;
import dev.billingexport.report.table.Contents;
import dev.billingexport.report.table.ReportHead;
import dev.billingexport.report.table.StatementHead;
import dev.billingexport.report.table.Table;
import dev.billingexport.report.table.Wording;
import dev.billingexport.report.xlsx.WorkbookWriter;
import dev.billingexport.session.Filter;
import dev.billingexport.session.Split;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Which files a report has, and what writes each of them. */
final class Renderings {

    private final Contents contents;
    private final ReportProperties properties;
    private final Wording wording;
    private final List<Rendering> all = new ArrayList<>();

    Renderings(Contents contents, ReportProperties properties) {
        this.contents = contents;
        this.properties = properties;
        this.wording = new Wording(properties.locale());
        boolean workbooks = properties.formats().contains(Format.XLSX);
        if (workbooks) {
            ReportHead head = contents.head();
            addWorkbook(head.export() + "_" + head.period().label() + ".xlsx", () -> contents);
        }
        if (properties.formats().contains(Format.CSV)) {
            addCsv();
        }
        if (properties.formats().contains(Format.HTML)) {
            all.add(Rendering.of("report.html", file -> new HtmlWriter(contents.summary(wording)).write(file.out())));
        }
        if (workbooks) {
            addSplits();
        }
    }

    /** Returns the renderings by the names of their files, in a fixed order. */
    Map<String, Rendering> byName() {
        Map<String, Rendering> byName = new LinkedHashMap<>();
        all.forEach(rendering -> rendering.names().forEach(name -> byName.put(name, rendering)));
        return byName;
    }

    private void addWorkbook(String name, Supplier<Contents> tables) {
        all.add(Rendering.of(
                name,
                file -> new WorkbookWriter(tables.get(), wording, WorkbookWriter.ROW_LIMIT)
                        .write(file.out(), file.temporary())));
    }

    private void addCsv() {
        CsvWriter csv = new CsvWriter(contents.head().period().zone(), properties.csv());
        List<Table<?>> tables = contents.files();
        List<Table<?>> ofSessions =
                tables.stream().filter(table -> table.ofSession() != null).toList();
        for (Table<?> table : tables) {
            if (table.ofSession() == null) {
                all.add(Rendering.of(csv.fileName(table), file -> csv.write(table, file.out())));
            } else if (table.equals(ofSessions.get(0))) {
                all.add(new Rendering(
                        ofSessions.stream().map(csv::fileName).toList(),
                        files -> csv.write(
                                ofSessions,
                                contents.data(),
                                files.stream().map(PartFile::out).toList())));
            }
        }
    }

    private void addSplits() {
        SplitContents splits = new SplitContents(contents);
        Filter.Field by = properties.splitBy().field();
        if (by != null) {
            for (Split split : contents.data().splits(by)) {
                addWorkbook(SplitFile.name(split), () -> splits.of(split));
            }
        } else if (properties.splitBy() == SplitBy.CUSTOMER) {
            for (String customer : splits.customers()) {
                addWorkbook(SplitFile.name(StatementHead.CUSTOMER, customer), () -> splits.ofCustomer(customer));
            }
        }
    }
}
