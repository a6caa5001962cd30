package dev.billingexport.report;

import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a delivered report holds of sessions, call details and recordings: its CSV files or, where it has none, its
 * workbook, which says the same but for texts that are longer than a cell and hours that a clock shows twice.
 */
public final class DeliveredTables implements RevisionTables {

    static final String SESSIONS = "sessions";
    static final String CALL_DETAILS = "call-details";
    static final String RECORDINGS = "recordings";

    private static final Set<String> TABLES = Set.of(SESSIONS, CALL_DETAILS, RECORDINGS);

    private final Map<String, Path> files;
    private final ZoneId zone;

    private DeliveredTables(Map<String, Path> files, ZoneId zone) {
        this.files = files;
        this.zone = zone;
    }

    /**
     * Which of a delivery's files are needed.
     *
     * @param names those of all its files
     * @return empty where they don't hold what is to be compared
     */
    public static Set<String> needed(Collection<String> names) {
        Set<String> csv = names.stream()
                .filter(DeliveredCsv::isCsv)
                .filter(name -> TABLES.contains(table(name)))
                .collect(Collectors.toSet());
        if (csv.size() == TABLES.size()) {
            return csv;
        }
        return names.stream()
                .filter(name -> name.endsWith(".xlsx") && name.indexOf('/') < 0)
                .limit(1)
                .collect(Collectors.toSet());
    }

    private static String table(String name) {
        return DeliveredCsv.of(name, Path.of(name)).table();
    }

    /**
     * The tables of these files.
     *
     * @param files where each file lies, by its name in the delivery: at least those that are {@link #needed}
     * @param zone the export's, in which a workbook's times are read
     */
    public static Optional<DeliveredTables> of(Map<String, Path> files, ZoneId zone) {
        Map<String, Path> used = new TreeMap<>(files);
        used.keySet().retainAll(needed(files.keySet()));
        return used.isEmpty() ? Optional.empty() : Optional.of(new DeliveredTables(used, zone));
    }

    @Override
    public @Nullable ZoneId sheetZone() {
        return isWorkbook() ? zone : null;
    }

    @Override
    public TextRows open(String table) throws IOException {
        if (isWorkbook()) {
            return new SheetTextRows(files.values().iterator().next(), table, zone);
        }
        DeliveredCsv csv = files.entrySet().stream()
                .map(file -> DeliveredCsv.of(file.getKey(), file.getValue()))
                .filter(file -> file.table().equals(table))
                .findFirst()
                .orElseThrow();
        return new CsvTextRows(csv);
    }

    private boolean isWorkbook() {
        return files.size() == 1;
    }
}
