package dev.billingexport.report;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the tables have of a share, in a few numbers: of each the sum of what is in its rows, which is equal where the rows
 * are, and of tables that add sessions up the sums of their columns.
 */
final class ShareTally {

    private final Map<String, BigInteger> digests = new TreeMap<>();
    private final Map<String, BigDecimal> sums = new TreeMap<>();

    /** Adds a row, given as its cells in the form of {@link DeliveredCell}. */
    void addRow(String table, List<String> cells) {
        digests.merge(table, digest(cells), BigInteger::add);
    }

    void addFigure(String table, String column, BigDecimal figure) {
        sums.merge(table + " (" + column + ")", figure, BigDecimal::add);
    }

    void addAll(ShareTally other) {
        other.digests.forEach((table, digest) -> digests.merge(table, digest, BigInteger::add));
        other.sums.forEach((column, sum) -> sums.merge(column, sum, BigDecimal::add));
    }

    /** The tables, and the columns that are only added up, in which the two are not the same. */
    List<String> differences(ShareTally other) {
        return Stream.concat(
                        keys(digests, other.digests)
                                .filter(table -> !Objects.equals(digests.get(table), other.digests.get(table))),
                        keys(sums, other.sums).filter(column -> !isAbout(sums.get(column), other.sums.get(column))))
                .toList();
    }

    private static Stream<String> keys(Map<String, ?> one, Map<String, ?> other) {
        Set<String> keys = new TreeSet<>(one.keySet());
        keys.addAll(other.keySet());
        return keys.stream();
    }

    private static boolean isAbout(@Nullable BigDecimal one, @Nullable BigDecimal other) {
        return one != null && other != null && DeliveredCell.isAbout(one, other);
    }

    private static BigInteger digest(List<String> cells) {
        String framed = IntStream.range(0, cells.size())
                .mapToObj(column -> column + ":" + cells.get(column).length() + ":" + cells.get(column))
                .collect(Collectors.joining());
        return new BigInteger(1, Sha256.digest().digest(framed.getBytes(StandardCharsets.UTF_8)));
    }
}
