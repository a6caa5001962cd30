package dev.billingexport.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.billingexport.job.ExportProperties;
import dev.billingexport.report.Format;
import dev.billingexport.session.AppType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.ConfigurableEnvironment;

/** What is written is what is bound, or an error says where it stands. */
class JobFileTest {

    @TempDir
    private Path folder;

    /** Each is read as something else by YAML. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0012345",
                "010",
                "1e3",
                "1.5e3",
                "0x1F",
                "0b1",
                "1:30",
                "190:20:30",
                "12_34",
                "+12",
                "-0",
                ".5",
                "1.10",
                "5.",
                ".inf",
                "-.INF",
                ".NaN",
                "2026-10-01",
                "2026-10-01T00:00:00Z",
                "yes",
                "No",
                "on",
                "OFF",
                "True",
                "1_000.5"
            })
    void whatYamlReadsOtherwiseIsRefusedWhereTextIsMeant(String written) {
        List<String> properties = List.of(
                "export.name",
                "export.data-dir",
                "export.source.filter.value",
                "export.delivery.s3.region",
                "export.delivery.s3.tags.team");

        assertThat(complaints(lines(properties, written)))
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, properties.size())
                        .mapToObj(line -> properties.get(line) + " (job.yml, line " + (line + 1) + ") = " + written
                                + ": YAML reads this as another value. Put it in quotes: \"" + written + "\".")
                        .toList());
        assertThat(bound("export.source.filter:", "  by: user_id", "  value: '" + written + "'")
                        .source()
                        .filter()
                        .value())
                .isEqualTo(written);
    }

    private static String[] lines(List<String> properties, String value) {
        return Stream.concat(
                        properties.stream().map(property -> property + ": " + value),
                        Stream.of("export.source.filter.by: user_id"))
                .toArray(String[]::new);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "12345",
                "123456789012345678901234567890",
                "-5",
                "1.5",
                "0o17",
                "0.0.1",
                "true",
                "y",
                "12-34",
                "1e",
                "a: b",
                "U-0012",
                "${HOME}",
                "${ENABLEX_APP_KEY}",
                "a${b:${c}}d",
                "\\${x}",
                "#{systemProperties}",
                "@project.version@",
                "C:\\dir",
                "Ünïcode 日本 🙂"
            })
    void textIsTakenAsItIsWritten(String written) {
        String yaml = written.contains(": ") || written.startsWith("#") || written.startsWith("@")
                ? "'" + written + "'"
                : written;

        ExportProperties properties = bound(
                "export:",
                "  data-dir: " + yaml,
                "  source.filter:",
                "    by: user_id",
                "    value: " + yaml,
                "  delivery.s3:",
                "    region: " + yaml,
                "    tags:",
                "      team: " + yaml);

        assertThat(properties.source().filter().value()).isEqualTo(written);
        assertThat(properties.dataDir()).isEqualTo(Path.of(written));
        assertThat(properties.delivery().s3().region()).isEqualTo(written);
        assertThat(properties.delivery().s3().tags()).containsOnly(entry("team", written));
    }

    @Test
    void keysKeepTheirCaseAndEveryCharacter() {
        assertThat(bound(
                                "export.delivery.s3.tags:",
                                "  CostCenter: a",
                                "  team/name: b",
                                "  cost_center-2: c",
                                "  a.b: d",
                                "  a.b/c.d: e",
                                "  'aws:x y@z+=': f",
                                "  0012: g",
                                "  yes: h",
                                "  \"[in/brackets]\": i",
                                "  Größe: j")
                        .delivery()
                        .s3()
                        .tags())
                .containsOnly(
                        entry("CostCenter", "a"),
                        entry("team/name", "b"),
                        entry("cost_center-2", "c"),
                        entry("a.b", "d"),
                        entry("a.b/c.d", "e"),
                        entry("aws:x y@z+=", "f"),
                        entry("0012", "g"),
                        entry("yes", "h"),
                        entry("in/brackets", "i"),
                        entry("Größe", "j"));
        assertThat(bound("export.delivery.s3.tags.team/name: b").delivery().s3().tags())
                .containsOnlyKeys("team/name");
    }

    @Test
    void numbersAreExact() {
        ExportProperties properties = bound(
                "export:",
                "  rating:",
                "    currency: EUR",
                "    minimum: 0.10",
                "    prices:",
                "      vc: {participant-minute: 0.0040, recorded-minute: 12345678901234567890.123456789}",
                "  source:",
                "    max-per-second: 2.5",
                "  report:",
                "    csv.gzip: yes",
                "    formats: [csv, html]");

        assertThat(properties.rating().minimum()).isEqualTo(new BigDecimal("0.10"));
        assertThat(properties.rating().prices().get(AppType.VC).participantMinute())
                .isEqualTo(new BigDecimal("0.0040"));
        assertThat(properties.rating().prices().get(AppType.VC).recordedMinute())
                .isEqualTo(new BigDecimal("12345678901234567890.123456789"));
        assertThat(properties.source().maxPerSecond()).isEqualTo(2.5);
        assertThat(properties.report().csv().gzip()).isTrue();
        assertThat(properties.report().formats()).containsExactlyInAnyOrder(Format.CSV, Format.HTML);
    }

    /** A value that an anchor names is written once and meant twice. */
    @Test
    void anAliasIsWhatItStandsFor() {
        assertThat(bound("export: {data-dir: &a here, delivery.s3.region: *a}")
                        .delivery()
                        .s3()
                        .region())
                .isEqualTo("here");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    export.settle: ~                                   | export.settle (job.yml, line 1) is ~, which means no value in YAML
                    export.source.filter.value: null                   | export.source.filter.value (job.yml, line 1) is null, which means no value in YAML: leave it out, or put it in quotes: "null".
                    export.source.filter.value: NULL                   | is NULL, which means no value in YAML
                    export.source.filter.value:                        | export.source.filter.value (job.yml, line 1) has no value
                    export.name: !!int 5                               | export.name (job.yml, line 1) has the tag tag:yaml.org,2002:int
                    export.name: !x y                                  | export.name (job.yml, line 1) has the tag !x
                    export: {<<: {name: x}}                            | export (job.yml, line 1) has a merge key (<<): write the values out.
                    export: {[a]: b}                                   | export (job.yml, line 1) has a key that is not text.
                    export: {name: a, name: b}                         | export.name (job.yml, line 1) is there twice: the first is export.name (job.yml, line 1).
                    export: {source: {page-length: 1, pageLength: 2}}  | export.source.pageLength (job.yml, line 1) is there twice: the first is export.source.page-length (job.yml, line 1).
                    export: &a {name: *a}                              | export.name (job.yml, line 1) contains itself.
                    export: "a\\nb"                                    | Unknown property export (job.yml, line 1)
                    export.name: "a\\tb"                               | export.name (job.yml, line 1) has a line break or another control character
                    export.source.settle: 24                           | export.source.settle (job.yml, line 1) = 24: must be a duration with a unit, such as 30s, 6h or 1d.
                    export.source.page-length: 1_0                     | export.source.page-length (job.yml, line 1) = 1_0: must be a whole number
                    export.source.page-length: 1:30                    | export.source.page-length (job.yml, line 1) = 1:30: must be a whole number
                    export.source.page-lenght: 5                       | Unknown property export.source.page-lenght (job.yml, line 1). Did you mean export.source.page-length?
                    export.source[page-length]: 5                      | Unknown property export.source[page-length] (job.yml, line 1).
                    export.source.page/length: 5                       | Unknown property export.source[page/length] (job.yml, line 1).
                    export.rating.minimum: 1_000                       | export.rating.minimum (job.yml, line 1) = 1_000: must be a number, such as 0.25.
                    export.rating.minimum: 1,5                         | export.rating.minimum (job.yml, line 1) = 1,5: must be a number
                    export.rating.currency: EURO                       | export.rating.currency (job.yml, line 1) = EURO: must be a three-letter currency code (ISO 4217), such as EUR.
                    export.rating.prices.vcc.participant-minute: 1     | Unknown property export.rating.prices.vcc.participant-minute (job.yml, line 1): must be one of vc, wb.
                    spring.main.sources: x                             | Unknown property spring.main.sources (job.yml, line 1): a job file may have export.*
                    spring.config.import: file:x                       | Unknown property spring.config.import
                    spring.config.activate.on-profile: x               | Unknown property spring.config.activate.on-profile
                    spring.profiles.active: x                          | Unknown property spring.profiles.active
                    spring.datasource.driver-class-name: x             | Unknown property spring.datasource.driver-class-name
                    spring.datasource.hikari.connection-init-sql: x    | Unknown property spring.datasource.hikari.connection-init-sql
                    spring.flyway.init-sqls: x                         | Unknown property spring.flyway.init-sqls
                    spring.ssl.bundle.jks.a.keystore.password: x       | credentials come from the environment or a mounted file.
                    spring.mail.jndi-name: x                           | Unknown property spring.mail.jndi-name
                    logging.config: x                                  | Unknown property logging.config
                    debug: true                                        | Unknown property debug
                    """)
    void whatCantBeTakenAsWrittenIsToldWithItsLine(String line, String complaint) {
        assertThat(complaints(line)).anyMatch(told -> told.contains(complaint));
    }

    @Test
    void allErrorsAreToldAtOnceEachWithItsLine() {
        assertThat(complaints(
                        "export:",
                        "  time-zone: Mars",
                        "  source:",
                        "    page-lenght: 5",
                        "    page-length: 0",
                        "    window: 1s",
                        "  report:",
                        "    formats: [xlsx, pfd, csv]",
                        "  rating:",
                        "    prices:",
                        "      vcc:",
                        "        participant-minute: 0.10",
                        "      vc:",
                        "        participant-minut: 1",
                        "        recorded-minute: -1",
                        "  delivery:",
                        "    location: ftp://host/x"))
                .containsExactlyInAnyOrder(
                        "export.time-zone (job.yml, line 2) = Mars: must be a time zone, such as UTC or Europe/Berlin.",
                        "Unknown property export.source.page-lenght (job.yml, line 4). Did you mean"
                                + " export.source.page-length?",
                        "export.source.page-length (job.yml, line 5) = 0: must be at least 1.",
                        "export.source.window (job.yml, line 6) = 1s: must be at least a minute and whole seconds, such"
                                + " as 1d or 6h.",
                        "export.report.formats[1] (job.yml, line 8) = pfd: must be one of csv, html, xlsx.",
                        "Unknown property export.rating.prices.vcc.participant-minute (job.yml, line 12): must be one of"
                                + " vc, wb.",
                        "Unknown property export.rating.prices.vc.participant-minut (job.yml, line 14). Did you mean"
                                + " export.rating.prices.vc.participant-minute?",
                        "export.rating.prices.vc.recorded-minute (job.yml, line 15) = -1: must not be negative.",
                        "export.delivery.location (job.yml, line 17): can't deliver to 'ftp://host/x'. Give a folder, as"
                                + " a path (out/billing) or as a file: URI (file:out/billing, file:///srv/billing), or a"
                                + " prefix in a bucket (s3://bucket/billing).");
    }

    @Test
    void eachElementOfAListIsTold() {
        assertThat(complaints("export.source.filter:", "  by: user_id", "  values: [0012345, U-1, 1e3, '007', yes]"))
                .hasSize(3)
                .allMatch(line -> line.contains("(job.yml, line 3)") && line.contains("Put it in quotes"));
        assertThat(complaints("export.source.filter:", "  by: user_id", "  values: 0012345, 1e3"))
                .isEmpty();
        assertThat(bound("export.source.filter:", "  by: user_id", "  values: 0012345, 1e3")
                        .source()
                        .wanted()
                        .values())
                .containsExactly("0012345", "1e3");
    }

    @ParameterizedTest
    @CsvSource({
        "'acme,inc.yml', acme-inc",
        "a;b.yaml, a-b",
        "my job.yml, my-job",
        "50% off #1.YML, 50--off--1",
        "März.yml, M-rz",
        "_x.yml, x",
        "a.b.yml, a-b"
    })
    void aFilesNameCanBeAnExports(String file, String name) throws IOException {
        Files.writeString(folder.resolve(file), "export.source.page-length: 7\n");

        ConfigurableEnvironment environment = ExportEnvironment.of(JobFile.read(folder.resolve(file)), List.of());

        assertThat(SettingErrors.of(environment, Map.of())).isEmpty();
        ExportProperties properties =
                Binder.get(environment).bind("export", ExportProperties.class).get();
        assertThat(properties.name()).isEqualTo(name);
        assertThat(properties.source().pageLength()).isEqualTo(7);
    }

    @Test
    void aFileThatCantBeReadIsToldSo() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret.yml"), "export.name: x\n");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
        Path binary = Files.write(folder.resolve("binary.yml"), new byte[] {(byte) 0xff, 0, 1});
        Path list = Files.writeString(folder.resolve("list.yml"), "- a\n");
        Path two = Files.writeString(folder.resolve("two.yml"), "export.name: x\n---\nexport.name: y\n");

        assertRefused(folder, " is a folder. Name the job file, such as ");
        assertRefused(folder.resolve("no.yml"), "There is no job file ");
        assertRefused(folder.resolve("job.properties"), "There is no job file ");
        assertRefused(Files.createFile(folder.resolve("job.properties")), "must be YAML");
        if (!Files.isReadable(secret)) {
            assertRefused(secret, "can't be read: permission denied.");
        }
        assertRefused(binary, "can't be read: ");
        assertRefused(list, "must hold properties, such as \"export:\"");
        assertRefused(two, "two.yml is not YAML, line 2: ");
        assertThat(JobFile.read(Files.createFile(folder.resolve("empty.yml"))).values())
                .isEmpty();
    }

    private static void assertRefused(Path file, String complaint) {
        assertThatThrownBy(() -> JobFile.read(file))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(complaint);
    }

    private List<String> complaints(String... lines) {
        JobFile jobFile = write(lines);
        return SettingErrors.of(ExportEnvironment.of(jobFile, List.of()), jobFile.complaints());
    }

    private ExportProperties bound(String... lines) {
        assertThat(complaints(lines)).isEmpty();
        ConfigurableEnvironment environment = ExportEnvironment.of(write(lines), List.of());
        return new Binder(
                        ConfigurationPropertySources.get(environment),
                        new PropertySourcesPlaceholdersResolver(environment),
                        null,
                        PlainPaths::register)
                .bindOrCreate("export", ExportProperties.class);
    }

    private JobFile write(String... lines) {
        try {
            return JobFile.read(Files.write(folder.resolve("job.yml"), List.of(lines)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
