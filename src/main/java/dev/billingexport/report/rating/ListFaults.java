package dev.billingexport.report.rating;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Collects the faults of one list, so that all can be reported at once. */
final class ListFaults {

    private record Fault(int line, String what) {}

    private final String list;
    private final List<Fault> faults = new ArrayList<>();

    /** @param list the property and the file that it names */
    ListFaults(String list) {
        this.list = list;
    }

    /** @param line from 1; 0 for something that is missing from the file */
    void add(int line, String what) {
        faults.add(new Fault(line, what));
    }

    int size() {
        return faults.size();
    }

    boolean isEmpty() {
        return faults.isEmpty();
    }

    /** @throws ListException with all faults, if there are any */
    static void refuse(ListFaults... lists) {
        List<String> complaints =
                Stream.of(lists).flatMap(ListFaults::complaints).distinct().toList();
        if (!complaints.isEmpty()) {
            throw new ListException(complaints);
        }
    }

    private Stream<String> complaints() {
        return faults.stream()
                .sorted(Comparator.comparingInt(Fault::line))
                .map(fault -> list + (fault.line == 0 ? ": " : ", line " + fault.line + ": ") + fault.what);
    }
}
