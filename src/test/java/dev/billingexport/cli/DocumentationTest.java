package dev.billingexport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.job.ExportProperties;
import dev.billingexport.report.Format;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages lead where they say, and leave out nothing that a user can set or must know. */
class DocumentationTest {

    private static final Path DOCUMENTATION = Path.of("src/docs");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.*)$");

    static Stream<Path> pages() throws IOException {
        List<Path> pages =
                new ArrayList<>(List.of(Path.of("README.md"), Path.of("jobs/README.md"), Path.of("samples/README.md")));
        try (Stream<Path> files = Files.list(DOCUMENTATION)) {
            files.sorted().forEach(pages::add);
        }
        return pages.stream();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkLeadsSomewhere(Path page) {
        assertThat(LINK.matcher(text(page)).results().map(link -> link.group(1)))
                .filteredOn(link -> !link.startsWith("https://"))
                .allSatisfy(link -> {
                    String[] parts = link.split("#", 2);
                    Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]);
                    assertThat(target).exists();
                    if (parts.length > 1) {
                        assertThat(anchors(target)).contains(parts[1]);
                    }
                });
    }

    @Test
    void everyPageIsInTheListOfPages() throws IOException {
        String list = text(DOCUMENTATION.resolve("README.md"));
        try (Stream<Path> files = Files.list(DOCUMENTATION)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .filteredOn(name -> !name.equals("README.md"))
                    .allSatisfy(name -> assertThat(list).contains("(" + name + ")"));
        }
    }

    @Test
    void everyPropertyIsDocumented() {
        String documented = text(DOCUMENTATION.resolve("options.md")) + text(DOCUMENTATION.resolve("s3.md"));

        assertThat(properties("export", ExportProperties.class))
                .hasSizeGreaterThan(40)
                .allSatisfy(property -> assertThat(documented).matches(text -> isNamed(property, text), "documented"));
    }

    /** In a row of its own, or in that of the group it belongs to. */
    private static boolean isNamed(String property, String text) {
        int end = property.lastIndexOf('.');
        String group = "| `" + property.substring(0, end) + "` |";
        return text.contains("`" + property + "`")
                || text.lines()
                        .anyMatch(line ->
                                line.startsWith(group) && line.contains("`" + property.substring(end + 1) + "`"));
    }

    @Test
    void everyFormatIsDocumented() {
        for (Path page : List.of(Path.of("README.md"), DOCUMENTATION.resolve("options.md"))) {
            String row = text(page)
                    .lines()
                    .filter(line -> line.startsWith("| `export.report.formats` |"))
                    .findFirst()
                    .orElseThrow();

            assertThat(Format.values())
                    .allSatisfy(format -> assertThat(row).contains(format.name().toLowerCase(Locale.ROOT)));
        }
    }

    /** Of the sample's CSV files. */
    @Test
    void everyColumnIsDocumented() throws IOException {
        String documented = text(DOCUMENTATION.resolve("files.md"));
        try (Stream<Path> files = Files.list(Path.of("samples/expected"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".csv")))
                    .hasSizeGreaterThan(5)
                    .allSatisfy(file -> {
                        String columns = text(file).lines().findFirst().orElseThrow();
                        assertThat(documented)
                                .contains("| `" + file.getFileName() + "` | `" + columns.replace(",", ", ") + "` |");
                    });
        }
    }

    @Test
    void everyPackageIsDocumented() throws IOException {
        String documented = text(DOCUMENTATION.resolve("house.md"));
        Path sources = Path.of("src/main/java/dev/billingexport");
        try (Stream<Path> packages = Files.walk(sources)) {
            assertThat(packages.filter(file -> file.endsWith("package-info.java")))
                    .hasSizeGreaterThan(10)
                    .allSatisfy(file -> assertThat(documented)
                            .contains("`"
                                    + sources.relativize(file.getParent())
                                            .toString()
                                            .replace(file.getFileSystem().getSeparator(), ".")
                                    + "`"));
        }
    }

    @Test
    void everyExitCodeIsDocumented() throws IllegalAccessException {
        for (Field code : ExitCode.class.getDeclaredFields()) {
            String row = "\n| " + code.getInt(null) + " | ";

            assertThat(text(Path.of("README.md"))).contains(row);
            assertThat(text(Path.of("jobs/README.md"))).contains(row);
        }
    }

    private static Stream<String> properties(String prefix, Class<?> type) {
        return Arrays.stream(type.getRecordComponents()).flatMap(part -> properties(prefix, part));
    }

    private static Stream<String> properties(String prefix, RecordComponent part) {
        String name = prefix + "." + part.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
        if (Map.class.isAssignableFrom(part.getType())) {
            Type[] arguments = ((ParameterizedType) part.getGenericType()).getActualTypeArguments();
            String key = arguments[0] == String.class ? "<name>" : "<app type>";
            return arguments[1] instanceof Class<?> value && value.isRecord()
                    ? properties(name + "." + key, value)
                    : Stream.of(name + "." + key);
        }
        return isGroup(part.getType()) ? properties(name, part.getType()) : Stream.of(name);
    }

    /** A location is a record as well, and is written in one value. */
    private static boolean isGroup(Class<?> type) {
        Class<?> outermost = type.getEnclosingClass() == null ? type : type.getEnclosingClass();
        return type.isRecord() && outermost.getSimpleName().endsWith("Properties");
    }

    /** As GitHub makes them of headings. */
    private static List<String> anchors(Path page) {
        return HEADING.matcher(text(page))
                .results()
                .map((MatchResult heading) -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    private static String text(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
