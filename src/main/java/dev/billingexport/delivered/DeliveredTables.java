package dev.billingexport.delivered;

import dev.billingexport.report.table.Amendments;
import dev.billingexport.report.table.RevisionTables;
import dev.billingexport.report.table.TableNames;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The sessions, call details and recordings of a delivered report, from its CSV files. */
public final class DeliveredTables implements RevisionTables {

    private final Map<String, Path> files;
    private final CsvLayout layout;

    private DeliveredTables(Map<String, Path> files, CsvLayout layout) {
        this.files = files;
        this.layout = layout;
    }

    /**
     * Returns which of a delivery's files are needed.
     *
     * @param names names of all its files
     * @return empty where the files needed for a comparison are missing
     */
    public static Set<String> needed(Collection<String> names) {
        Set<String> needed = names.stream()
                .filter(name -> isOf(name, TableNames.COMPARED::contains) || isOf(name, TableNames.CHARGES::equals))
                .collect(Collectors.toSet());
        return TableNames.COMPARED.stream()
                        .allMatch(table -> needed.stream().anyMatch(name -> isOf(name, table::equals)))
                ? needed
                : Set.of();
    }

    private static boolean isOf(String name, Predicate<String> table) {
        return DeliveredCsv.isCsv(name) && table.test(DeliveredCsv.table(name));
    }

    /**
     * Returns the tables of a delivery.
     *
     * @param files path of each file by its name in the delivery: at least those that are {@link #needed}
     */
    public static Optional<DeliveredTables> of(Map<String, Path> files, CsvLayout layout) {
        return needed(files.keySet()).isEmpty()
                ? Optional.empty()
                : Optional.of(new DeliveredTables(Map.copyOf(files), layout));
    }

    /**
     * Returns the changes of a later revision against this one.
     *
     * @param revision number of this one
     * @param scratch an empty folder that must exist as long as the result is used
     * @throws UnreadableException if a file has other content than its name says
     */
    public Amendments.Known changes(int revision, RevisionTables later, Path scratch) throws IOException {
        return Comparison.of(revision, this, later, scratch);
    }

    @Override
    public Optional<DeliveredCsv> find(String table) throws IOException {
        for (Map.Entry<String, Path> file : files.entrySet()) {
            if (isOf(file.getKey(), table::equals)) {
                return Optional.of(new DeliveredCsv(file.getKey(), file.getValue(), layout));
            }
        }
        return Optional.empty();
    }
}
