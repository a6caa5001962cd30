package dev.billingexport.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.billingexport.sample.SampleAccount;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong is refused at once, in one line, and nothing is touched. */
class WrongUsageTest {

    @TempDir
    private Path folder;

    private Terminal terminal;

    @BeforeEach
    void openTerminal() {
        terminal = new Terminal(folder)
                .set("ENABLEX_APP_ID", SampleAccount.APP_ID)
                .set("ENABLEX_APP_KEY", SampleAccount.APP_KEY);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                           | A command is missing: run, render, resume, worker, runs, show, purge, verify, compare, sample-api, help. Try 'billing-export --help'.
            rum                                          | Unknown argument 'rum'. Did you mean run? Try 'billing-export --help'.
            run --mont 2026-10                           | Unknown option: '--mont'. Did you mean --month? Try 'billing-export run --help'.
            verfiy out                                   | Unknown argument 'verfiy'. Did you mean verify? Try 'billing-export --help'.
            bogus                                        | Unknown argument 'bogus'. Try 'billing-export --help'.
            help rum                                     | Unknown subcommand 'rum'. Did you mean run? Try 'billing-export --help'.
            run --foramt=csv                             | Unknown option: '--foramt=csv'. Did you mean --format? Try 'billing-export run --help'.
            run --bogus                                  | Unknown option: '--bogus'. Try 'billing-export run --help'.
            runs --month 2026-10                         | Unknown option: '--month'. Try 'billing-export runs --help'.
            purge --befor 2026-10-01                     | Unknown option: '--befor'. Did you mean --before? Try 'billing-export purge --help'.
            run a.yml b.yml                              | Unknown argument 'b.yml'. Try 'billing-export run --help'.
            run @no-such.yml                             | There is no job file @no-such.yml.
            run /                                        | / is a folder. Name the job file, such as /monthly-billing.yml.
            run --month 2026-13                          | Invalid value for option '--month': '2026-13' is not a month such as 2026-10. Try 'billing-export run --help'.
            run --from 2026-10-1 --to 2026-10-02         | Invalid value for option '--from': '2026-10-1' is not a day such as 2026-10-01. Try 'billing-export run --help'.
            run --from 2026-10-01                        | Missing required argument(s): --to=DATE. Try 'billing-export run --help'.
            run --month 2026-10 --from 2026-10-01 --to 2026-10-02 | --month=YYYY-MM and [--from=DATE --to=DATE] are mutually exclusive (specify only one). Try 'billing-export run --help'.
            run --from 2026-10-05 --to 2026-10-05        | The period from 2026-10-05 to 2026-10-05 is empty: the end is exclusive and must be later.
            run --month 2999-12                          | The period 2999-12 ends at 3000-01-01T00:00:00Z and is not over yet. Run it after that.
            run --sample --output ftp://host/x           | export.delivery.location: can't deliver to 'ftp://host/x'. Give a folder, as a path (out/billing) or as a file: URI (file:out/billing, file:///srv/billing), or a prefix in a bucket (s3://bucket/billing).
            run --sample --output out/Ren\uFFFD\uFFFD        | --output holds characters that this process's locale can't represent: set LC_ALL=C.UTF-8 in the environment.
            run --sample --format pdf                    | export.report.formats = pdf: must be one of csv, html, xlsx.
            run no-such.yml                              | There is no job file no-such.yml.
            show 7                                       | The folder doesn't exist:
            show seven                                   | Invalid value for positional parameter at index 0 (RUN): 'seven' is not a number. Try 'billing-export show --help'.
            resume 7                                     | There is no run 7. See 'billing-export runs'.
            sample-api --port 99999                      | --port = 99999: must be from 1 to 65535, or 0 for any free port.
            """)
    void onTheCommandLine(String line, String complaint) {
        assertThatIsRefused(complaint, line.isEmpty() ? new String[0] : line.split(" "));
    }

    static Stream<Arguments> jobFiles() {
        return Stream.of(
                arguments("export:\n  foo: 1", "Unknown property export.foo (job.yml, line 2)."),
                arguments(
                        "exprot:\n  name: x",
                        "Unknown property exprot.name (job.yml, line 2): a job file may have export.*, spring.datasource.url"),
                arguments(
                        "ENABLEX_APP_KEY: top-secret",
                        "Unknown property ENABLEX_APP_KEY (job.yml, line 1): credentials come from the environment or a"
                                + " mounted file."),
                arguments(
                        "spring.datasource.password: top-secret",
                        "Unknown property spring.datasource.password (job.yml, line 1): credentials come from"),
                arguments(
                        "export.source.app-key: top-secret",
                        "Unknown property export.source.app-key (job.yml, line 1)."),
                arguments(
                        "export:\n  source:\n    page-length: x",
                        "export.source.page-length (job.yml, line 3) = x: must be a whole number, such as 10."),
                arguments(
                        "export.time-zone: Mars/Olympus",
                        "export.time-zone (job.yml, line 1) = Mars/Olympus: must be a time zone, such as UTC or Europe/Berlin."),
                arguments(
                        "export.source.filter.by: name",
                        "export.source.filter.by (job.yml, line 1) = name: must be one of meeting_id, room_id, session_id, user_id."),
                arguments(
                        "export.source.filter:\n  by: user_id\n  values-file: nobody.txt",
                        "export.source.filter.values-file (job.yml, line 3): the file nobody.txt doesn't exist."),
                arguments(
                        "export.source.filter:\n  by: user_id\n  value: x\n  values: [y]",
                        "export.source.filter (job.yml, line 2) needs 'by' and exactly one of 'value', 'values' and 'values-file'."),
                arguments(
                        "export.source.date-filter: never",
                        "export.source.date-filter (job.yml, line 1) = never: must be one of none, parameters."),
                arguments(
                        "export.report.mask: user_name, user_id",
                        "export.report.mask (job.yml, line 1) = user_name, user_id: must be one of agent, ip, name, user_name, user_ref."),
                arguments(
                        "export.report.split-by: name",
                        "export.report.split-by (job.yml, line 1) = name: must be one of customer, none, room_id, user_id."),
                arguments(
                        "export.report.csv.gzip: much",
                        "export.report.csv.gzip (job.yml, line 1) = much: must be true or false."),
                arguments(
                        "export.report.locale:",
                        "export.report.locale (job.yml, line 1) has no value: leave it out, or give it one."),
                arguments(
                        "export.name: a/b",
                        "export.name (job.yml, line 1) = a/b: must be up to 60 letters, digits, - or _"),
                arguments(
                        "export.source.base-url: http://api.example.com",
                        "export.source.base-url (job.yml, line 1): must be https: plain http is allowed to loopback only."),
                arguments(
                        "export.source.base-url: https://me:top-secret@api.example.com",
                        "export.source.base-url (job.yml, line 1): must not hold a user or a password"),
                arguments("export: [", "job.yml is not YAML, line 2: "),
                arguments("export:\n\tname: x", "job.yml is not YAML, line 2: "));
    }

    @ParameterizedTest
    @MethodSource("jobFiles")
    void inTheJobFile(String content, String complaint) {
        Path job = terminal.write("job.yml", content);

        assertThatIsRefused(complaint, "run", job.toString(), "--month=2026-10");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ENABLEX_APP_ID=  | ENABLEX_APP_KEY=   | No credentials: set ENABLEX_APP_ID + ENABLEX_APP_KEY, or ENABLEX_API_ID + ENABLEX_EMAIL + ENABLEX_PASSWORD, in the environment.
            ENABLEX_APP_ID=x | ENABLEX_APP_KEY=   | Incomplete credentials: with ENABLEX_APP_ID, set ENABLEX_APP_KEY in the environment too.
            ENABLEX_APP_ID=x | ENABLEX_EMAIL=x    | Two kinds of credentials: unset either
            """)
    void inTheCredentials(String one, String other, String complaint) {
        for (String variable : new String[] {one, other}) {
            terminal.set(variable.split("=", 2)[0], variable.split("=", 2)[1]);
        }

        assertThatIsRefused(complaint, "run", "--month=2026-10");
    }

    @Test
    void inASystemProperty() {
        terminal.set("export.report.local", "de");

        assertThatIsRefused(
                "Unknown property export.report.local in the system properties. Did you mean export.report.locale?",
                "run",
                "--sample");
    }

    @Test
    void inAnImportedFolder() {
        terminal.set("spring.config.import", "configtree:" + folder.resolve("secrets") + "/");

        assertThatIsRefused(
                "SPRING_CONFIG_IMPORT = configtree:" + folder.resolve("secrets") + "/: the folder doesn't exist",
                "run",
                "--sample");
    }

    @Test
    void anOutputFolderThatCantBeWritten() {
        Path file = terminal.write("file", "in the way");

        Terminal.Screen screen = terminal.type("run", "--sample", "--output=" + file.resolve("out"));

        assertThat(screen.exitCode()).isEqualTo(2);
        assertThat(screen.err())
                .containsExactly("Can't deliver to " + file.resolve("out") + ": " + file
                        + " exists already. Make it a writable folder, or choose another"
                        + " export.delivery.location.");
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void aDataDirectoryThatCantBeWritten() {
        Path file = terminal.write("file", "in the way");

        Terminal.Screen screen =
                terminal.set("export.data-dir", file.toString()).type("run", "--sample");

        assertThat(screen.exitCode()).isEqualTo(2);
        assertThat(screen.err()).singleElement().asString().startsWith("The data directory " + file);
    }

    @Test
    void showsAStackTraceOnRequest() {
        Path job = terminal.write("job.yml", "export:", "  time-zone: Mars");

        assertThat(terminal.type("run", job.toString(), "--debug").err())
                .anyMatch(line -> line.startsWith("\tat "))
                .last()
                .asString()
                .startsWith("export.time-zone (job.yml, line 2) = Mars");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "run ", "resume ", "runs ", "show ", "purge ", "verify ", "compare ", "sample-api "})
    void helps(String command) {
        Terminal.Screen screen = terminal.type((command + "--help").split(" "));

        assertThat(screen.exitCode()).isZero();
        assertThat(screen.out().get(0)).startsWith(("Usage: billing-export " + command).strip());
        assertThat(screen.out()).allMatch(line -> line.length() <= 80).noneMatch(line -> line.contains("$"));
        assertThat(terminal.type((command + "--version").split(" ")).out())
                .singleElement()
                .asString()
                .matches("billing-export \\d+\\.\\d+\\.\\d+\\S*");
    }

    @Test
    void sumsUpEachCommandInAWholeSentence() {
        String help = String.join("\n", terminal.type("--help").out());

        assertThat(help.split("Commands:\n")[1].split("\n(?=  \\S)"))
                .hasSize(11)
                .allSatisfy(summary -> assertThat(summary.strip()).endsWith("."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "verify", "sample-api"})
    void helpsOnACommandByItsName(String command) {
        Terminal.Screen screen = terminal.type("help", command);

        assertThat(screen.exitCode()).isZero();
        assertThat(screen.out()).isEqualTo(terminal.type(command, "--help").out());
    }

    /** Mistakes of a job file, of the environment and in the credentials: none waits for another. */
    @Test
    void everythingIsToldAtOnceALineEach() {
        Path job = terminal.write("job.yml", "export:", "  time-zone: Mars", "  nmae: x", "  source.page-length: 0");

        Terminal.Screen screen = terminal.set("export.bogus", "1")
                .set("ENABLEX_APP_KEY", "")
                .type("run", job.toString(), "--month=2026-10");

        assertThat(screen.exitCode()).isEqualTo(2);
        assertThat(screen.err())
                .containsExactly(
                        "Unknown property export.bogus in the system properties.",
                        "export.time-zone (job.yml, line 2) = Mars: must be a time zone, such as UTC or Europe/Berlin.",
                        "export.source.page-length (job.yml, line 4) = 0: must be at least 1.",
                        "Unknown property export.nmae (job.yml, line 3). Did you mean export.name?",
                        "Incomplete credentials: with ENABLEX_APP_ID, set ENABLEX_APP_KEY in the environment too.");
        assertThat(folder.resolve("data")).doesNotExist();
    }

    private void assertThatIsRefused(String complaint, String... arguments) {
        Terminal.Screen screen = terminal.type(arguments);

        assertThat(screen.exitCode()).as("%s", screen).isEqualTo(2);
        assertThat(screen.err()).singleElement().asString().contains(complaint).doesNotContain("top-secret");
        assertThat(screen.out()).isEmpty();
        assertThat(folder.resolve("data")).doesNotExist();
        assertThat(folder.resolve("out")).doesNotExist();
    }
}
