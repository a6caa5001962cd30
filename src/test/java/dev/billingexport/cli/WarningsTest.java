package dev.billingexport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.sample.SampleSession;
import dev.billingexport.testing.Behaviour;
import dev.billingexport.testing.FakeApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.poi.openxml4j.exceptions.InvalidFormatException;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A bill that can be right and often is not: it is delivered, and who gets it is told in every place that they may look at. */
class WarningsTest {

    @TempDir
    private Path folder;

    @Test
    void aPeriodWithoutAnySession() throws IOException {
        Terminal.Screen screen = run(0, i -> "U-1");

        assertThat(screen.exitCode()).isZero();
        assertToldOfEverywhere(
                screen,
                "There is no session at all in this period.",
                "If there should be some, check what the credentials may see");
    }

    @Test
    void manySessionsOfOneUserAndOfNobodyElse() throws IOException {
        Terminal.Screen screen = run(6, i -> "0012345");

        assertThat(screen.exitCode()).isZero();
        assertToldOfEverywhere(
                screen,
                "All 6 sessions are those of one user: 0012345.",
                "name the users in export.source.filter (by, and value, values or values-file)");
    }

    @Test
    void valuesOfTheFilterThatNothingIsListedFor() throws IOException {
        String typos =
                IntStream.range(0, 11).mapToObj(i -> "X-%02d".formatted(i)).collect(Collectors.joining(","));
        Terminal.Screen screen = run(
                12,
                i -> "U-" + i % 2,
                "export.source.filter.by=user_id",
                "export.source.filter.values=U-0,U-1," + typos);

        assertThat(screen.exitCode()).isZero();
        assertToldOfEverywhere(
                screen,
                "The API listed no session for user_id X-00, X-01, X-02, X-03, X-04, X-05, X-06, X-07, X-08, X-09, … (11).",
                "check how these values are written in export.source.filter");
    }

    /** A few sessions are one user's by chance, and those of nobody are of no single user. */
    @ParameterizedTest
    @CsvSource({"12, U-1, U-2", "5, U-1, U-1", "12, U-1, ", "12, , "})
    void otherwiseNothingIsSaid(int sessions, String user, String lastUser) throws IOException {
        assertNothingIsSaid(run(sessions, i -> i < sessions - 1 ? user : lastUser));
    }

    @Test
    void nothingIsSaidWhereOneUsersSessionsAreWanted() throws IOException {
        assertNothingIsSaid(run(12, i -> "U-1", "export.source.filter.by=user_id", "export.source.filter.value=U-1"));
    }

    /** A share is one user's on purpose. */
    @Test
    void aUsersOwnWorkbookSaysNothing() throws IOException {
        assertNothingIsSaid(run(24, i -> "U-" + i % 2, "export.report.split-by=user_id", "export.report.formats=xlsx"));
        assertThat(summary(folder.resolve("out/billing/2026-10/r1/by-user_id/U-0.xlsx")))
                .noneMatch(text -> text.contains("one user"));
    }

    private void assertNothingIsSaid(Terminal.Screen screen) throws IOException {
        assertThat(screen.exitCode()).as("%s", screen).isZero();
        assertThat(screen.err()).isEmpty();
        assertThat(manifest().path("warnings").size()).isZero();
    }

    private void assertToldOfEverywhere(Terminal.Screen screen, String fact, String advice) throws IOException {
        assertThat(screen.err())
                .singleElement()
                .asString()
                .startsWith("Warning: " + fact)
                .contains(advice);
        assertThat(manifest().path("warnings").get(0).asString())
                .startsWith(fact)
                .contains(advice);
        Path revision = folder.resolve("out/billing/2026-10/r1");
        assertThat(summary(revision.resolve("billing_2026-10.xlsx")))
                .contains(fact)
                .anyMatch(text -> text.contains(advice));
        assertThat(Files.readString(revision.resolve("report.html"))).contains(fact, advice);
    }

    private Terminal.Screen run(int sessions, IntFunction<String> user, String... settings) {
        List<SampleSession> served = IntStream.range(0, sessions)
                .mapToObj(i -> session(i, user.apply(i)))
                .toList();
        try (FakeApi api = FakeApi.start(0, Behaviour.DOCUMENTED, served)) {
            Terminal terminal = new Terminal(folder).connect(api).set("export.source.window", "31d");
            for (String setting : settings) {
                String[] parts = setting.split("=", 2);
                terminal.set(parts[0], parts[1]);
            }
            return terminal.type("run", "--month", "2026-10");
        }
    }

    private static SampleSession session(int number, String user) {
        return SampleSession.parse("""
                {"session": {"session_id": "s%d", "user_id": %s, "trans_date": "2026-10-05T12:00:00Z",
                             "connect_dt": "2026-10-05T12:00:00Z", "disconnect_dt": "2026-10-05T12:01:00Z", "duration": 1,
                             "app_type": "vc"},
                 "cdr": [], "recordings": []}
                """.formatted(number, user == null ? "null" : "\"" + user + "\""));
    }

    private JsonNode manifest() throws IOException {
        return new JsonMapper().readTree(Files.readString(folder.resolve("out/billing/2026-10/manifest.json")));
    }

    private static List<String> summary(Path workbook) throws IOException {
        try (XSSFWorkbook book = new XSSFWorkbook(workbook.toFile())) {
            List<String> texts = new ArrayList<>();
            for (Row row : book.getSheetAt(0)) {
                for (Cell cell : row) {
                    if (cell.getCellType() == CellType.STRING) {
                        texts.add(cell.getStringCellValue());
                    }
                }
            }
            return texts;
        } catch (InvalidFormatException e) {
            throw new IOException(e);
        }
    }
}
