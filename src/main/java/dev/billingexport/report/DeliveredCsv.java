package dev.billingexport.report;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * One CSV file of a delivered report, read back row by row.
 *
 * @param table the file's name without its ending
 */
record DeliveredCsv(String table, Path file) {

    private static final String ENDING = ".csv";
    private static final String COMPRESSED = ".csv.gz";
    private static final int BUFFER = 1 << 16;

    /** As they are written, and no longer than anybody adds up. */
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,1000}(\\.[0-9]{1,1000})?");

    static boolean isCsv(String name) {
        return name.indexOf('/') < 0 && (name.endsWith(ENDING) || isCompressed(name));
    }

    private static boolean isCompressed(String name) {
        return name.endsWith(COMPRESSED);
    }

    /** A delivered file by its name. */
    static DeliveredCsv of(String name, Path file) {
        String ending = isCompressed(name) ? COMPRESSED : ENDING;
        return new DeliveredCsv(name.substring(0, name.length() - ending.length()), file);
    }

    /** What the file is called. */
    String name() {
        return String.valueOf(file.getFileName());
    }

    /** Opens the file at its header; to be closed. */
    CSVParser open() throws IOException {
        CSVFormat format = CSVFormat.RFC4180.builder().setHeader().get();
        InputStream bytes = Files.newInputStream(file);
        try {
            InputStream text = isCompressed(name()) ? unpacked(bytes) : bytes;
            return CSVParser.parse(text, StandardCharsets.UTF_8, format);
        } catch (IOException | RuntimeException e) {
            bytes.close();
            throw e;
        }
    }

    /** What is behind the packed bytes is an error, and so is a word in their head that is not of the file. */
    private static InputStream unpacked(InputStream bytes) throws IOException {
        GzipCompressorInputStream text = GzipCompressorInputStream.builder()
                .setInputStream(new BufferedInputStream(bytes, BUFFER))
                .setDecompressConcatenated(true)
                .get();
        if (text.getMetaData().getFileName() != null || text.getMetaData().getComment() != null) {
            throw new UnreadableException("its packing has a name or a comment");
        }
        return text;
    }

    /**
     * Reads all of it once.
     *
     * @param eachRow is shown every row
     * @return the rows, and the sum of every column of numbers by its name
     * @throws UnreadableException where it is no such file, or where a number is none
     */
    Sums sums(Consumer<CSVRecord> eachRow) throws IOException {
        try (CSVParser rows = open()) {
            List<String> columns = rows.getHeaderNames();
            Map<String, BigDecimal> sums = new LinkedHashMap<>();
            columns.stream().filter(DeliveredCell::isNumber).forEach(column -> sums.put(column, BigDecimal.ZERO));
            long count = 0;
            for (CSVRecord row : rows) {
                count++;
                if (row.size() != columns.size()) {
                    throw new UnreadableException(
                            "row " + count + " has " + row.size() + " values in " + columns.size() + " columns");
                }
                for (Map.Entry<String, BigDecimal> sum : sums.entrySet()) {
                    sum.setValue(sum.getValue().add(number(row.get(sum.getKey()), sum.getKey(), count)));
                }
                eachRow.accept(row);
            }
            return new Sums(List.copyOf(columns), count, Collections.unmodifiableMap(sums));
        } catch (UnreadableException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new UnreadableException("it is no CSV file: " + e.getMessage());
        }
    }

    private static BigDecimal number(String text, String column, long row) {
        if (text.isEmpty()) {
            return BigDecimal.ZERO;
        }
        if (!NUMBER.matcher(text).matches()) {
            throw new UnreadableException(column + " in row " + row + " is no number: '" + text + "'");
        }
        return new BigDecimal(text);
    }

    /** @param sums of the columns that hold numbers, by name */
    record Sums(List<String> columns, long rows, Map<String, BigDecimal> sums) {

        @Nullable
        BigDecimal of(String column) {
            return sums.get(column);
        }
    }

    /** What was delivered can't be read as what it claims to be. */
    static final class UnreadableException extends IllegalStateException {

        private static final long serialVersionUID = 1L;

        UnreadableException(String message) {
            super(message);
        }
    }
}
