package dev.billingexport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.ledger.DataDirectory;
import dev.billingexport.testing.FolderContents;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Masked files of the sample: nobody's data is in them, the next revision has the same masks, and the key is nowhere. */
class MaskedRunTest {

    private static final JsonMapper JSON = new JsonMapper();

    /** Of a call detail's fields: user_ref, name, ip and agent. */
    private static final List<Integer> PERSONAL = List.of(5, 6, 8, 9);

    @TempDir
    private Path folder;

    @Test
    void hidesPeopleAndNothingElse() throws SQLException {
        Terminal terminal = new Terminal(folder)
                .set("export.report.mask", "user_name,name,ip,agent,user_ref")
                .set("export.report.formats", "csv,html");
        Terminal.Screen first = terminal.type("run", "--sample", "--debug");
        Terminal.Screen second = terminal.type("run", "--sample", "--rerun");
        assertThat(first.exitCode()).as("%s", first).isZero();
        assertThat(second.exitCode()).as("%s", second).isZero();

        Map<String, String> r1 = files("r1");
        assertThat(r1.get("users.csv")).contains(",masked-");
        Map<String, String> r2 = files("r2");
        // The page names its revision.
        assertThat(r2.remove("report.html")).contains("masked-");
        // Compared masked with masked: nothing but the heading.
        assertThat(r2.remove("amendments.csv").lines()).hasSize(1);
        assertThat(r1).containsAllEntriesOf(r2);
        assertThat(terminal.type("verify", folder.resolve("out/sample/2026-10").toString())
                        .exitCode())
                .isZero();

        try (Connection ledger = DriverManager.getConnection(DataDirectory.url(folder.resolve("data/sample")))) {
            Set<String> cells = new TreeSet<>();
            r1.values().forEach(file -> cells.addAll(List.of(file.split("[,\\r\\n<>]+"))));
            assertThat(cells).hasSizeGreaterThan(1_000).doesNotContainAnyElementsOf(people(ledger));

            byte[] key = key(ledger);
            assertThat(String.join("\n", r1.values()) + first + second)
                    .doesNotContain(HexFormat.of().formatHex(key))
                    .doesNotContain(Base64.getEncoder().encodeToString(key))
                    .doesNotContain(new String(key, StandardCharsets.ISO_8859_1));
        }
    }

    @Test
    void anotherInstallationMasksOtherwise() {
        String[] run = {"run", "--sample", "--format=csv"};
        for (String installation : List.of("one", "other")) {
            Terminal terminal = new Terminal(folder.resolve(installation)).set("export.report.mask", "user_name");
            assertThat(terminal.type(run).exitCode()).isZero();
        }

        assertThat(users("one")).contains(",masked-").isNotEqualTo(users("other"));
        assertThat(users("one").replaceAll("masked-\\w+", ""))
                .isEqualTo(users("other").replaceAll("masked-\\w+", ""));
    }

    private String users(String installation) {
        return FolderContents.of(folder.resolve(installation).resolve("out/sample/2026-10/r1"))
                .get("users.csv");
    }

    private Map<String, String> files(String revision) {
        Map<String, String> files =
                FolderContents.of(folder.resolve("out/sample/2026-10").resolve(revision));
        files.remove("manifest.json");
        return files;
    }

    private static Set<String> people(Connection ledger) throws SQLException {
        Set<String> people = texts(ledger, "SELECT user_name FROM session");
        for (String rows : texts(ledger, "SELECT call_detail_rows FROM session")) {
            for (JsonNode detail : JSON.readTree(rows)) {
                PERSONAL.forEach(field -> people.add(detail.path(field).asString("")));
            }
        }
        people.removeIf(String::isBlank);
        // A reference may be a user's id, which stays.
        people.removeAll(texts(ledger, "SELECT user_id FROM session"));
        assertThat(people).hasSizeGreaterThan(20);
        return people;
    }

    /** The texts of a query's only column. */
    private static Set<String> texts(Connection ledger, String query) throws SQLException {
        Set<String> texts = new TreeSet<>();
        try (ResultSet rows = ledger.createStatement().executeQuery(query)) {
            while (rows.next()) {
                texts.add(Objects.requireNonNullElse(rows.getString(1), ""));
            }
        }
        return texts;
    }

    private static byte[] key(Connection ledger) throws SQLException {
        try (ResultSet rows = ledger.createStatement().executeQuery("SELECT secret FROM mask_key")) {
            assertThat(rows.next()).isTrue();
            return rows.getBytes(1);
        }
    }
}
