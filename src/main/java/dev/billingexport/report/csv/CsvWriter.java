package dev.billingexport.report.csv;

import dev.billingexport.report.table.ReportData;
import dev.billingexport.report.table.Table;
import dev.billingexport.session.SessionDetails;
import java.io.IOException;
import java.io.OutputStream;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.springframework.util.StreamUtils;

/**
 * Writes tables by RFC 4180: CRLF, UTF-8, a header row, quotes only where needed; a comma between values and no byte
 * order mark unless the settings say otherwise. Compressed files have the same bytes on every machine: since JDK 16 the
 * GZIP header has no time, no name and an unknown system.
 */
public record CsvWriter(ZoneId zone, CsvProperties settings) {

    public String fileName(Table<?> table) {
        return table.name() + (settings.gzip() ? ".csv.gz" : ".csv");
    }

    /**
     * Writes a table. Doesn't close the stream.
     *
     * @return number of rows without the header
     * @throws IOException if writing fails; the output is then invalid
     */
    public <T> long write(Table<T> table, OutputStream out) throws IOException {
        CsvFile<T> file = open(table, out);
        file.addAll();
        return file.finish();
    }

    /** Writes several tables whose rows come from sessions, in one pass over the sessions. */
    public List<Long> write(List<Table<?>> tables, ReportData data, List<OutputStream> outs) throws IOException {
        List<CsvFile<?>> files = new ArrayList<>();
        for (int i = 0; i < tables.size(); i++) {
            files.add(open(tables.get(i), outs.get(i)));
        }
        try (Stream<SessionDetails> sessions = data.details()) {
            for (Iterator<SessionDetails> each = sessions.iterator(); each.hasNext(); ) {
                SessionDetails session = each.next();
                for (CsvFile<?> file : files) {
                    file.add(session);
                }
            }
        }
        List<Long> rows = new ArrayList<>();
        for (CsvFile<?> file : files) {
            rows.add(file.finish());
        }
        return rows;
    }

    private <T> CsvFile<T> open(Table<T> table, OutputStream out) throws IOException {
        OutputStream own = StreamUtils.nonClosing(out);
        CsvRow row = new CsvRow(
                table.columns().size(),
                zone,
                settings.formulaGuard(),
                settings.decimal().charAt(0));
        return new CsvFile<>(table, row, settings, settings.gzip() ? new GZIPOutputStream(own) : own);
    }
}
