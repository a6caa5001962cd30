package dev.billingexport.delivered;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.report.Month;
import dev.billingexport.report.Months;
import dev.billingexport.report.table.Column;
import dev.billingexport.report.table.Contents;
import dev.billingexport.report.table.Figures;
import dev.billingexport.report.table.ReportHead;
import dev.billingexport.report.table.Table;
import dev.billingexport.report.table.TableNames;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvValueTest {

    /** Two revisions would differ in the zeros of a number, or in the zone of a time, if it were read as a text. */
    @Test
    void everyNumberAndTimeThatRevisionsAreComparedByIsReadAsOne() {
        List<Table<?>> compared = files().stream()
                .filter(table -> TableNames.COMPARED.contains(table.name()))
                .toList();

        assertThat(compared)
                .hasSameSizeAs(TableNames.COMPARED)
                .allSatisfy(table -> assertThat(table.columns()).allSatisfy(column -> {
                    assertThat(CsvValue.isNumber(column.name()))
                            .as(column.name())
                            .isEqualTo(column.kind().isNumber());
                    assertThat(CsvValue.isTime(column.name()))
                            .as(column.name())
                            .isEqualTo(column.kind() == Column.Kind.TIME);
                }));
    }

    private static List<Table<?>> files() {
        ReportHead head = Month.head(ZoneOffset.UTC);
        return new Contents(
                        head,
                        Months.plain(),
                        Month.reconciliation(head),
                        null,
                        null,
                        () -> Figures.of(Months.plain(), head.period(), Month.reconciliation(head), null))
                .files();
    }
}
