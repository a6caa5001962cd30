package dev.billingexport.delivery;

import static dev.billingexport.delivery.DeliveryException.reason;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Read access to all deliveries in an export's folder. Every method throws {@link DeliveryException} where the place
 * can't be read. Must be closed.
 */
public final class DeliveredExport implements AutoCloseable {

    private final AutoCloseable line;
    private final Folder folder;
    private final Location location;
    private final SortedSet<String> periods;

    private DeliveredExport(AutoCloseable line, Folder folder, Location location, SortedSet<String> periods) {
        this.line = line;
        this.folder = folder;
        this.location = location;
        this.periods = periods;
    }

    /**
     * Finds an export's folder.
     *
     * @param properties its location may be such a folder
     * @return empty where the place has no folder with the name of a period
     */
    public static Optional<DeliveredExport> find(DeliveryProperties properties) {
        OpenedLocation place = OpenedLocation.open(properties);
        return find(place.folder(), place.location(), place.line());
    }

    static Optional<DeliveredExport> find(Folder place, Location location, AutoCloseable line) {
        try {
            SortedSet<String> periods = new TreeSet<>(place.folders());
            periods.removeIf(name -> !DeliveredName.isPeriod(name));
            return periods.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new DeliveredExport(line, place, location, periods));
        } catch (IOException | SdkException e) {
            throw new DeliveryException("Can't read " + place + ": " + reason(e) + ".", e);
        }
    }

    /** Returns text for each file or folder that belongs to no delivery. */
    public List<String> differences() {
        try {
            List<String> differences = new ArrayList<>();
            Folder.Names names = folder.names();
            if (!names.complete()) {
                differences.add("there are more files or deeper folders than exports write; not all were checked");
            }
            names.all().stream()
                    .filter(name -> !periods.contains(DeliveredName.first(name)))
                    .forEach(name -> differences.add(name + ": it belongs to no period"));
            return differences;
        } catch (IOException | SdkException e) {
            throw new DeliveryException("Can't read " + folder + ": " + reason(e) + ".", e);
        }
    }

    /**
     * Passes on all revisions, one at a time, by period and number. The current revision of a period is found through
     * the period's manifest, as readers do.
     *
     * @throws IOException if the visitor throws it
     */
    public void visit(Visitor visitor) throws IOException {
        for (String period : periods) {
            Folder place = folder.folder(period);
            Optional<DeliveredRevision> current = DeliveredRevision.find(place, location.below(period), () -> {});
            for (int number : numbers(place)) {
                Folder revision = place.folder("r" + number);
                Optional<DeliveredRevision> found =
                        current.isPresent() && current.get().isIn(revision)
                                ? Optional.empty()
                                : DeliveredRevision.find(revision, location.below(period, "r" + number), () -> {});
                if (found.isPresent()) {
                    visitor.visit(found.get());
                }
            }
            if (current.isPresent()) {
                visitor.visit(current.get());
            }
        }
    }

    /** Receives revisions. */
    public interface Visitor {

        /** Called for each revision. */
        void visit(DeliveredRevision revision) throws IOException;
    }

    private static List<Integer> numbers(Folder period) {
        try {
            return period.folders().stream()
                    .map(DeliveredName::revision)
                    .filter(OptionalInt::isPresent)
                    .map(OptionalInt::getAsInt)
                    .sorted()
                    .toList();
        } catch (IOException | SdkException e) {
            throw new DeliveryException("Can't read " + period + ": " + reason(e) + ".", e);
        }
    }

    /** Returns the export's folder, for messages. */
    @Override
    public String toString() {
        return folder.toString();
    }

    @Override
    public void close() {
        try {
            line.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
