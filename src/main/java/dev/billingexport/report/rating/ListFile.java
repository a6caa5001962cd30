package dev.billingexport.report.rating;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldModifiers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The content of a list: CSV in UTF-8 with a header, whose columns may have any order. Read once, so that a run is
 * rated by what was checked at its start.
 *
 * @param property the property that names the file
 */
record ListFile(String property, Path file, byte[] bytes) {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** @throws ListException if it can't be read */
    static ListFile read(String property, Path file) {
        ListFile list = new ListFile(property, file.toAbsolutePath().normalize(), new byte[0]);
        try {
            return new ListFile(list.property, list.file, Files.readAllBytes(list.file));
        } catch (NoSuchFileException e) {
            throw new ListException(List.of(list + ": the file doesn't exist."));
        } catch (IOException e) {
            throw new ListException(List.of(list + " can't be read: " + e + "."));
        }
    }

    @Override
    public String toString() {
        return property + " = " + file;
    }

    /** Returns the SHA-256 of its bytes, lower-case hexadecimal. */
    String sha256() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /**
     * Passes on every row that is not blank. Rows of a wrong form are reported as faults.
     *
     * @return whether every row had the right form, and there was a header
     */
    boolean each(List<String> required, List<String> optional, ListFaults faults, Consumer<ListRow> row) {
        try (CsvReader<CsvRecord> csv = CsvReader.builder()
                .allowExtraFields(true)
                .allowMissingFields(true)
                .build(
                        CsvRecordHandler.builder()
                                .fieldModifier(FieldModifiers.STRIP)
                                .build(),
                        text(faults))) {
            List<String> header = List.of();
            boolean complete = true;
            for (CsvRecord record : csv) {
                int line = (int) record.getStartingLineNumber();
                List<String> cells = record.getFields();
                if (cells.stream().allMatch(String::isEmpty)) {
                    continue;
                }
                if (header.isEmpty()) {
                    header = cells;
                    if (!isHeader(header, required, optional, line, faults)) {
                        return false;
                    }
                } else if (cells.size() != header.size()) {
                    faults.add(line, "has %d cells, the header %d.".formatted(cells.size(), header.size()));
                    complete = false;
                } else {
                    row.accept(new ListRow(line, header, cells, faults));
                }
            }
            if (header.isEmpty() && faults.isEmpty()) {
                faults.add(0, "It is empty: the header must be " + String.join(",", required) + ".");
            }
            return complete && !header.isEmpty();
        } catch (CsvParseException | IOException e) {
            faults.add(0, "It is not a CSV file: " + e.getMessage() + ".");
            return false;
        }
    }

    private static boolean isHeader(
            List<String> header, List<String> required, List<String> optional, int line, ListFaults faults) {
        Set<String> missing = new TreeSet<>(required);
        header.forEach(missing::remove);
        Set<String> unknown = new TreeSet<>(header);
        unknown.removeAll(required);
        unknown.removeAll(optional);
        boolean once = Set.copyOf(header).size() == header.size();
        if (!missing.isEmpty() || !unknown.isEmpty() || !once) {
            faults.add(
                    line,
                    "the header must have the columns " + String.join(", ", required) + " and may have "
                            + String.join(", ", optional) + ", each once and separated by commas; it is "
                            + String.join(",", header) + ".");
            return false;
        }
        return true;
    }

    private String text(ListFaults faults) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            faults.add(0, "It is not in UTF-8: save it as \"CSV UTF-8\".");
            return "";
        }
    }
}
