package dev.billingexport.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What the CSV files of a delivered report hold of sessions, call details and recordings. */
public final class DeliveredTables implements RevisionTables {

    static final String SESSIONS = "sessions";
    static final String CALL_DETAILS = "call-details";
    static final String RECORDINGS = "recordings";

    private static final Set<String> TABLES = Set.of(SESSIONS, CALL_DETAILS, RECORDINGS);

    private final Map<String, Path> files;

    private DeliveredTables(Map<String, Path> files) {
        this.files = files;
    }

    /**
     * Which of a delivery's files are needed.
     *
     * @param names those of all its files
     * @return empty where they don't hold what is to be compared
     */
    public static Set<String> needed(Collection<String> names) {
        Set<String> csv = names.stream().filter(DeliveredTables::isNeeded).collect(Collectors.toSet());
        return csv.size() == TABLES.size() ? csv : Set.of();
    }

    private static boolean isNeeded(String name) {
        return DeliveredCsv.isCsv(name) && TABLES.contains(DeliveredCsv.table(name));
    }

    /**
     * The tables of these files.
     *
     * @param files where each file lies, by its name in the delivery: at least those that are {@link #needed}
     */
    public static Optional<DeliveredTables> of(Map<String, Path> files) {
        return needed(files.keySet()).isEmpty()
                ? Optional.empty()
                : Optional.of(new DeliveredTables(Map.copyOf(files)));
    }

    @Override
    public TextRows open(String table) throws IOException {
        Map.Entry<String, Path> csv = files.entrySet().stream()
                .filter(file -> isNeeded(file.getKey()))
                .filter(file -> DeliveredCsv.table(file.getKey()).equals(table))
                .findFirst()
                .orElseThrow();
        return new DeliveredCsv(csv.getKey(), csv.getValue());
    }
}
