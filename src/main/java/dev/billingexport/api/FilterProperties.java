package dev.billingexport.api;

import dev.billingexport.session.Filter;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Restricts the export to some sessions: {@code export.source.filter.*}. Exactly one of {@code value}, {@code values}
 * and {@code values-file} holds the values.
 *
 * @param by the field that is compared
 * @param value a single value
 * @param values several values
 * @param valuesFile a UTF-8 file with one value a line; blank lines and lines that begin with {@code #} are ignored
 */
public record FilterProperties(
        Filter.@Nullable Field by,
        @Nullable String value,
        @Nullable List<String> values,
        @Nullable Path valuesFile) {

    private static final String PREFIX = "export.source.filter";

    /**
     * Checks that the filter is complete and reads the file of values.
     *
     * @throws IllegalArgumentException if it is incomplete; the message is one line that names the property and what it
     *     takes
     */
    public FilterProperties {
        long places =
                Stream.of(value, values, valuesFile).filter(Objects::nonNull).count();
        require(by != null && places == 1, " needs 'by' and exactly one of 'value', 'values' and 'values-file'.");
        require(value == null || !value.isBlank(), ".value must not be blank.");
        if (valuesFile != null) {
            values = read(valuesFile);
            require(!values.isEmpty(), ".values-file: " + valuesFile + " holds no value: put one on each line.");
        }
        require(
                values == null || !values.isEmpty() && values.stream().noneMatch(String::isBlank),
                ".values must have at least one value and no blank ones.");
    }

    /** Returns the filter with all its values. */
    Filter filter() {
        List<String> all = values == null ? List.of(Objects.requireNonNull(value)) : values;
        return new Filter(Objects.requireNonNull(by), all);
    }

    private static List<String> read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8)
                    .replaceFirst("^\uFEFF", "")
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(PREFIX + ".values-file: the file " + file + " doesn't exist.");
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(PREFIX + ".values-file: " + file + " is not in UTF-8.");
        } catch (IOException e) {
            throw new IllegalArgumentException(PREFIX + ".values-file: " + file + " can't be read: " + e);
        }
    }

    private static void require(boolean valid, String complaint) {
        if (!valid) {
            throw new IllegalArgumentException(PREFIX + complaint);
        }
    }
}
