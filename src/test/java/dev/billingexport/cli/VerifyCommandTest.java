package dev.billingexport.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.billingexport.delivered.Verification;
import dev.billingexport.delivery.DeliveredRevision;
import dev.billingexport.delivery.DeliveryProperties;
import dev.billingexport.testing.DeliveredFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.FileSystemUtils;

/** {@code verify}: the sample's delivery, as it is, and changed in every way that came to mind. */
class VerifyCommandTest {

    @TempDir
    static Path delivered;

    @TempDir
    Path folder;

    private DeliveredFolder period;

    @BeforeAll
    static void deliver() {
        Terminal.Screen screen = new Terminal(delivered).type("run", "--sample");

        assertThat(screen.exitCode()).as(screen.toString()).isZero();
    }

    @BeforeEach
    void copy() throws IOException {
        FileSystemUtils.copyRecursively(delivered.resolve("out"), folder.resolve("out"));
        period = new DeliveredFolder(folder.resolve("out/sample/2026-10"));
    }

    @Test
    void whatWasDeliveredIsVerified() {
        for (String place : List.of(
                "out/sample/2026-10",
                "out/sample/2026-10/r1",
                "out/sample/2026-10/",
                "out/sample/2026-10/manifest.json",
                "out/sample/2026-10/r1/manifest.json")) {
            Terminal.Screen screen =
                    new Terminal(folder).type("verify", folder.resolve(place).toString());

            assertThat(screen.out()).hasSize(2).last().isEqualTo("Verified: everything is as the manifest says.");
            assertThat(screen.out().get(0))
                    .startsWith(folder.resolve("out/sample/2026-10/r1") + ": sample 2026-10, revision 1, ")
                    .endsWith(" files, 40 sessions");
            assertThat(screen.err()).isEmpty();
            assertThat(screen.exitCode()).isZero();
        }
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void differencesAreListedAndGiveTheirOwnExitCode() {
        period.replace("r1/users.csv", "Priya", "Pryia").delete("r1/days.csv");

        Terminal.Screen screen =
                new Terminal(folder).type("verify", period.period().toString());

        assertThat(screen.exitCode()).isEqualTo(6);
        assertThat(screen.out())
                .anyMatch(line -> line.startsWith("users.csv: SHA-256: "))
                .contains("days.csv: it is missing")
                .last()
                .isEqualTo("Not verified: there are differences.");
    }

    /** It needs no data directory: what can't be one is not in its way. */
    @Test
    void wherever() {
        Terminal.Screen screen = new Terminal(folder)
                .set("export.data-dir", folder.resolve("a;b").toString())
                .type("verify", folder.resolve("out/sample/2026-10").toString());

        assertThat(screen.exitCode()).as("%s", screen).isZero();
    }

    @Test
    void whereThereIsNoDeliveryNothingIsVerified() {
        for (String place : List.of("out", "elsewhere", "ftp://host/x")) {
            String typed = place.contains(":") ? place : folder.resolve(place).toString();
            Terminal.Screen screen = new Terminal(folder).type("verify", typed);

            assertThat(screen.exitCode()).isEqualTo(2);
            assertThat(screen.out()).isEmpty();
            assertThat(screen.err()).hasSize(1).first().asString().contains(typed);
        }
    }

    @Test
    void aRevisionCanBeCopiedElsewhere() throws IOException {
        FileSystemUtils.copyRecursively(period.file("r1"), folder.resolve("copy"));

        assertThat(differences(folder.resolve("copy"))).isEmpty();
    }

    /** As versions to come may have them. */
    @Test
    void aTableHasTheColumnsThatItsManifestNames() throws IOException {
        period.columns("recordings", line -> line.replaceFirst(",[^,]*$", ""))
                .columns("days", line -> line + ",carbon")
                .sign();

        assertThat(differences(period.period())).isEmpty();

        period.columns("days", line -> line.replace("session_minutes", "minutes"))
                .sign();
        assertThat(differences(period.period())).isEmpty();
    }

    @Test
    void aLaterVersionIsNotGuessedAt() throws IOException {
        period.manifests("\"manifest_version\" : 2", "\"manifest_version\" : 3");

        assertThat(differences(period.period()))
                .anyMatch(line -> line.startsWith("manifest.json: it is not a manifest: It is of version 3, and this"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tampering")
    void tamperingIsFound(String what, Consumer<DeliveredFolder> change, String[] found) throws IOException {
        change.accept(period);

        assertThat(differences(period.period()))
                .isNotEmpty()
                .satisfies(all -> assertThat(String.join("\n", all)).contains(found));
    }

    static Stream<Arguments> tampering() {
        return Stream.of(
                        Stream.of(
                                to("a file removed", p -> p.delete("r1/users.csv"), "users.csv: it is missing"),
                                to("a letter", p -> p.replace("r1/users.csv", "Priya", "Pryia"), "users.csv: SHA-256"),
                                to("a row more", p -> p.edit("r1/days.csv", s -> s + "x\r\n"), "days.csv: size"),
                                to("a file emptied", p -> p.write("r1/days.csv", ""), "days.csv: size"),
                                to("a file added", p -> p.write("r1/notes.txt", "x"), "notes.txt: no manifest names"),
                                to("a file in a folder", p -> p.write("r1/a/b.csv", "x"), "a/b.csv: no manifest names"),
                                to("a hidden file", p -> p.write("r1/.x", "x"), ".x: no manifest names"),
                                to(
                                        "a link for a file",
                                        p -> p.link("r1/days.csv"),
                                        "days.csv: it is not a regular file"),
                                to("a link for a folder", p -> p.link("r1"), "r1: it is not a regular file"),
                                to("a file beside", p -> p.write("x.csv", "x"), "x.csv: no manifest names"),
                                to("the workbook cut", p -> p.write("r1/sample_2026-10.xlsx", "PK"), "xlsx: size")),
                        manifests(),
                        signedCsv(),
                        signedWorkbook())
                .flatMap(each -> each);
    }

    private static Stream<Arguments> manifests() {
        return Stream.of(
                to("no upper manifest", p -> p.delete("manifest.json"), "manifest.json: it is missing"),
                to("half an upper manifest", p -> p.edit("manifest.json", s -> s.substring(0, 99)), "not a manifest"),
                to(
                        "another upper manifest",
                        p -> p.replace("manifest.json", "\"version\" : \"[^\"]+", "\"version\" : \"of nobody"),
                        "differs from the one in the folder above"),
                to("no manifest", p -> p.delete("r1/manifest.json"), "r1/manifest.json: it is missing"),
                to("no revision", VerifyCommandTest::removeRevision, "names revision 1, which is missing"),
                to(
                        "another revision",
                        p -> p.manifests("\"revision\" : 1", "\"revision\" : 7"),
                        "names revision 7, which is missing"),
                to("sessions", p -> p.manifests("\"sessions\" : 40", "\"sessions\" : 41"), "sessions.csv: sessions"),
                to("minutes", p -> p.manifests("(session_minutes\" : )", "$11"), "sum of duration", "days.csv: sum of"),
                to("details", p -> p.manifests("(call_details\" : )", "$11"), "call-details.csv: call details"),
                to("bytes", p -> p.manifests("(recorded_bytes\" : )", "$11"), "recordings.csv: sum of file_size"),
                to("problems", p -> p.manifests("(problems\" : )", "$11"), "problems.csv: it is missing"),
                to("the fingerprint", p -> p.manifests("(listing_sha256\" : \")..", "$1--"), "fingerprint"),
                to("rows", p -> p.manifests("(\"rows\" : )", "$11"), ": rows: the manifest says"),
                to(
                        "the revision",
                        p -> p.replace("r1/manifest.json", "\"revision\" : 1", "\"revision\" : 3"),
                        "of revision 3"),
                to("the label", p -> p.manifests("2026-10\"", "2026-09\""), "is called 2026-10, not 2026-09"),
                to("the period", VerifyCommandTest::bringForward, "manifest of period 2026-09", "is not in the period"),
                to("an application", p -> p.manifests("\"wb\"", "\"wc\""), "There is no application 'wc'"),
                to("a file forgotten", p -> p.manifests("days\\.csv", "nights.csv"), "days.csv: no manifest names it"),
                to(
                        "a count twice",
                        p -> p.manifests("\"sessions\" : 40", "\"sessions\" : 99, \"sessions\" : 40"),
                        "Duplicate"),
                to("half a session", p -> p.manifests("\"sessions\" : 40", "\"sessions\" : 40.9"), "not a manifest"),
                to(
                        "a word for a number",
                        p -> p.manifests("\"sessions\" : 40", "\"sessions\" : \"40\""),
                        "not a manifest"),
                to("an application twice", p -> p.manifests("\"vc\"", "\"vc\", \"vc\""), "occurs twice"),
                to("the future amended", VerifyCommandTest::amendTheFuture, "Revision 1 can't amend revision 7."),
                to("a folder for a manifest", VerifyCommandTest::putFolder, "manifest.json: it is missing"),
                to("turned back", VerifyCommandTest::turnBack, "names revision 1, although revision 2 exists"));
    }

    /** The manifests are made to fit, so that only the files themselves can tell. */
    private static Stream<Arguments> signedCsv() {
        String minutes = "45,vc,3,130.5,";
        return Stream.of(
                csv("a minute more", "sessions", minutes, "46,vc,3,130.5,", "sum of duration"),
                csv("a session's details", "sessions", minutes, "45,vc,4,130.5,", "sum of call_details"),
                csv("a row less", "sessions", "vc-002,.*\r\n", "", "rows:", "fingerprint"),
                csv("a row twice", "sessions", "(vc-002,.*\r\n)", "$1$1", "rows:", "fingerprint"),
                csv("another id", "sessions", "vc-002", "vc-999", "fingerprint"),
                csv(
                        "another month",
                        "sessions",
                        "2026-10-01T00:00:00.000Z",
                        "2026-09-30T00:00:00.000Z",
                        "row 1 is not in the period: its date is 2026-09-30T00:00:00.000Z"),
                csv("no date", "sessions", "2026-10-01T00:00:00.000Z", "yesterday", "its date is yesterday"),
                csv(
                        "an endless number",
                        "sessions",
                        minutes,
                        "1E+80000000,vc,3,130.5,",
                        "duration in row 1 is not a number"),
                csv("digits of elsewhere", "sessions", minutes, "٤5,vc,3,130.5,", "duration in row 1 is not a number"),
                csv(
                        "headings swapped",
                        "sessions",
                        "connect_dt,disconnect_dt",
                        "disconnect_dt,connect_dt",
                        "its columns are"),
                csv("a mark before all", "sessions", "^session_id", "\uFEFFsession_id", "its columns are"),
                csv("play time", "recordings", ",2520,", ",2521,", "sum of play_time"),
                csv("a heading", "sessions", "duration", "minutes", "its columns are"),
                csv("no number", "sessions", minutes, "4S,vc,3,130.5,", "duration in row 1 is not a number: '4S'"),
                csv("too many values", "days", "2026-10-01,", "2026-10-01,,", "values in 9 columns"),
                csv("an open quote", "days", "2026-10-01,", "\"2026-10-01,", "values in 9 columns"));
    }

    private static Stream<Arguments> signedWorkbook() {
        return Stream.of(
                sheet("a row less", "(?s)<row r=\"41\".*?</row>", "", "sample_2026-10.xlsx: rows: the manifest says"),
                sheet(
                        "a row far away",
                        "<row r=\"41\"",
                        "<row r=\"50\"",
                        "sample_2026-10.xlsx: rows: the manifest says"),
                sheet(
                        "a filter over less",
                        "autoFilter ref=\"A1:O41\"",
                        "autoFilter ref=\"A1:O4\"",
                        "sample_2026-10.xlsx: rows: the manifest says"),
                to(
                        "no workbook, signed",
                        p -> p.write("r1/sample_2026-10.xlsx", "PK").sign(),
                        "it is not a workbook: "));
    }

    private static void removeRevision(DeliveredFolder period) {
        try {
            FileSystemUtils.deleteRecursively(period.file("r1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All of it is said to be of the month before. */
    private static void bringForward(DeliveredFolder period) {
        period.manifests("2026-10\"", "2026-09\"")
                .manifests("2026-10-01", "2026-09-01")
                .manifests("2026-11-01", "2026-10-01");
    }

    private static void amendTheFuture(DeliveredFolder period) {
        period.manifests(
                "\"listing_sha256\"",
                "\"amends\" : {\"revision\" : 7, \"added\" : 0, \"removed\" : 0, \"changed\" : 0}, \"listing_sha256\"");
    }

    private static void putFolder(DeliveredFolder period) {
        period.delete("manifest.json").write("manifest.json/x", "x");
    }

    private static void turnBack(DeliveredFolder period) {
        try {
            FileSystemUtils.copyRecursively(period.file("r1"), period.file("r2"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Arguments csv(String what, String table, String regex, String replacement, String... found) {
        return to(
                what + ", signed",
                p -> p.replace("r1/" + table + ".csv", regex, replacement).sign(),
                found);
    }

    private static Arguments sheet(String what, String regex, String replacement, String... found) {
        return to(
                what + " in a sheet, signed",
                p -> p.workbook("ref=\"A1:O41\"", regex, replacement).sign(),
                found);
    }

    private static Arguments to(String what, Consumer<DeliveredFolder> change, String... found) {
        return arguments(what, change, found);
    }

    private static List<String> differences(Path place) throws IOException {
        DeliveryProperties properties = new Binder(
                        new MapConfigurationPropertySource(Map.of("export.delivery.location", place.toString())))
                .bind("export.delivery", DeliveryProperties.class)
                .get();
        try (DeliveredRevision revision = DeliveredRevision.find(properties).orElseThrow()) {
            return Verification.of(revision).differences();
        }
    }
}
