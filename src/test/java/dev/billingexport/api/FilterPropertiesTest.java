package dev.billingexport.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.billingexport.session.Filter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The values of a filter, from wherever they come. */
class FilterPropertiesTest {

    private static final Filter.Field BY = Filter.Field.USER_ID;

    @TempDir
    Path folder;

    @Test
    void valuesAreInOrderAndEachOnce() {
        FilterProperties properties = new FilterProperties(BY, null, List.of("b", "0012", "b", "12", "a,b"), null);

        assertThat(properties.filter()).isEqualTo(new Filter(BY, List.of("0012", "12", "a,b", "b")));
        assertThat(new FilterProperties(BY, "0012", null, null).filter()).isEqualTo(new Filter(BY, List.of("0012")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0012\n7\nü\n",
                "0012\r\n7\r\nü",
                "\uFEFF0012\n7\nü\n",
                "\n  \n# the three of them\n7 \n\t0012\n#7\nü\n7\n\n"
            })
    void aFileHoldsOneOnEachLine(String content) throws IOException {
        assertThat(file(content).filter()).isEqualTo(new Filter(BY, List.of("0012", "7", "ü")));
    }

    @Test
    void aFileThatHoldsNoneIsRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> file("\n# nobody\n"))
                .withMessageStartingWith("export.source.filter.values-file: " + folder.resolve("values.txt"))
                .withMessageContaining("holds no value");
    }

    @Test
    void aFileThatIsNotThereOrCantBeReadIsRefusedByName() throws IOException {
        Path missing = folder.resolve("missing.txt");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FilterProperties(BY, null, null, missing))
                .withMessage("export.source.filter.values-file: the file " + missing + " doesn't exist.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FilterProperties(BY, null, null, folder))
                .withMessageContaining("values-file: " + folder + " can't be read");
        Path latin = Files.write(folder.resolve("latin.txt"), "M\u00fcller".getBytes(StandardCharsets.ISO_8859_1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FilterProperties(BY, null, null, latin))
                .withMessage("export.source.filter.values-file: " + latin + " is not in UTF-8.");
    }

    @Test
    void theValuesStandInOnePlace() {
        assertIncomplete(null, "a", null);
        assertIncomplete(BY, null, null);
        assertIncomplete(BY, "a", List.of("b"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FilterProperties(BY, " ", null, null))
                .withMessage("export.source.filter.value must not be blank.");
        for (List<String> values : List.of(List.<String>of(), List.of("a", ""))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new FilterProperties(BY, null, values, null))
                    .withMessageStartingWith("export.source.filter.values must have at least one value");
        }
    }

    private static void assertIncomplete(Filter.Field by, String value, List<String> values) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FilterProperties(by, value, values, null))
                .withMessage("export.source.filter needs 'by' and exactly one of 'value', 'values' and 'values-file'.");
    }

    private FilterProperties file(String content) throws IOException {
        return new FilterProperties(BY, null, null, Files.writeString(folder.resolve("values.txt"), content));
    }
}
