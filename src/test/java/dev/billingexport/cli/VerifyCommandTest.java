package dev.billingexport.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.billingexport.delivery.DeliveredRevision;
import dev.billingexport.delivery.DeliveryProperties;
import dev.billingexport.job.Verification;
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
        assertThat(new Terminal(delivered).type("run", "--sample").exitCode()).isZero();
    }

    @BeforeEach
    void copy() throws IOException {
        FileSystemUtils.copyRecursively(delivered.resolve("out"), folder.resolve("out"));
        period = new DeliveredFolder(folder.resolve("out/billing/2026-10"));
    }

    @Test
    void whatWasDeliveredIsVerified() {
        for (String place : List.of("out/billing/2026-10", "out/billing/2026-10/r1", "out/billing/2026-10/")) {
            Terminal.Screen screen =
                    new Terminal(folder).type("verify", folder.resolve(place).toString());

            assertThat(screen.out()).hasSize(2).last().isEqualTo("Verified: everything is as the manifest says.");
            assertThat(screen.out().get(0))
                    .startsWith(folder.resolve("out/billing/2026-10/r1") + ": billing 2026-10, revision 1, ")
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

    @Test
    void whereThereIsNoDeliveryNothingIsVerified() {
        for (String place : List.of("out/billing", "out", "elsewhere", "ftp://host/x")) {
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
                                to("a file emptied", p -> p.write("r1/days.csv", ""), "days.csv: size", "rows"),
                                to("a file added", p -> p.write("r1/notes.txt", "x"), "notes.txt: no manifest names"),
                                to("a file in a folder", p -> p.write("r1/a/b.csv", "x"), "a/b.csv: no manifest names"),
                                to("a hidden file", p -> p.write("r1/.x", "x"), ".x: no manifest names"),
                                to(
                                        "a link for a file",
                                        p -> p.link("r1/days.csv"),
                                        "days.csv: it is no file of its own"),
                                to("a link for a folder", p -> p.link("r1"), "r1: it is no file of its own"),
                                to("a file beside", p -> p.write("x.csv", "x"), "x.csv: no manifest names"),
                                to("the workbook cut", p -> p.write("r1/billing_2026-10.xlsx", "PK"), "no workbook")),
                        manifests(),
                        signedCsv(),
                        signedWorkbook())
                .flatMap(each -> each);
    }

    private static Stream<Arguments> manifests() {
        return Stream.of(
                to("no upper manifest", p -> p.delete("manifest.json"), "manifest.json: it is missing"),
                to("half an upper manifest", p -> p.edit("manifest.json", s -> s.substring(0, 99)), "not a manifest"),
                to("another upper manifest", p -> p.replace("manifest.json", "0\\.1\\.0", "0.1.1"), "not the same"),
                to("no manifest", p -> p.delete("r1/manifest.json"), "r1/manifest.json: it is missing"),
                to("no revision", VerifyCommandTest::removeRevision, "leads to revision 1, which is not there"),
                to(
                        "another revision",
                        p -> p.manifests("\"revision\" : 1", "\"revision\" : 7"),
                        "leads to revision 7, which is not there"),
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
                to("the period", VerifyCommandTest::bringForward, "of the period 2026-09", "is not of the period"),
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
                to("an application twice", p -> p.manifests("\"vc\"", "\"vc\", \"vc\""), "named twice"),
                to("the future amended", VerifyCommandTest::amendTheFuture, "Revision 1 can't amend revision 7."),
                to("a folder for a manifest", VerifyCommandTest::putFolder, "manifest.json: it is missing"),
                to("turned back", VerifyCommandTest::turnBack, "leads to revision 1, though revision 2 is there"));
    }

    /** The manifests are made to fit, so that only the files themselves can tell. */
    private static Stream<Arguments> signedCsv() {
        String minutes = "45,vc,3,130.5,";
        return Stream.of(
                csv(
                        "a minute more",
                        "sessions",
                        minutes,
                        "46,vc,3,130.5,",
                        "sum of duration",
                        "'Sessions'!I2 (duration)"),
                csv("minutes moved", "users", "72.50,(.*\r\nU-1001,.*?,vc,7,)210.25", "82.50,$1200.25", "'Users'!E"),
                csv("a session's details", "sessions", minutes, "45,vc,4,130.5,", "sum of call_details"),
                csv("a row less", "sessions", "vc-002,.*\r\n", "", "rows:", "fingerprint", "'Sessions'!A2"),
                csv("a row twice", "sessions", "(vc-002,.*\r\n)", "$1$1", "rows:", "fingerprint", "ends before row"),
                csv("another id", "sessions", "vc-002", "vc-999", "fingerprint", "'Sessions'!A2 (session_id)"),
                csv("rows in another order", "sessions", "(vc-002,.*\r\n)(.*\r\n)", "$2$1", "'Sessions'!A2"),
                csv("another user", "sessions", "R-atlas,U-1003", "R-atlas,U-1001", "'Sessions'!D2 (user_id)"),
                csv("another day", "sessions", "2026-10-01T00:00:00.000Z", "2026-10-01T00:00:00.001Z", "'Sessions'!F2"),
                csv("the time zone", "sessions", "2026-10-01T00:00:00.000Z", "2026-10-01T01:00:00.000+01:00", "F2"),
                csv("a name", "call-details", "فارس", "فراس", "'Call details'!"),
                csv(
                        "an endless number",
                        "sessions",
                        minutes,
                        "1E+20000000,vc,3,130.5,",
                        "duration in row 1 is no number"),
                csv("digits of elsewhere", "sessions", minutes, "٤5,vc,3,130.5,", "duration in row 1 is no number"),
                csv(
                        "headings swapped",
                        "sessions",
                        "connect_dt,disconnect_dt",
                        "disconnect_dt,connect_dt",
                        "its columns are"),
                csv("a mark before all", "sessions", "^session_id", "\uFEFFsession_id", "its columns are"),
                csv("a null", "call-details", "Mozilla[^,]*", "", "'Call details'!K2 (agent) is 'Mozilla"),
                csv("play time", "recordings", ",2520,", ",2521,", "sum of play_time", "'Recordings'!C2"),
                csv("a heading", "sessions", "duration", "minutes", "there is no column duration"),
                csv("no number", "sessions", minutes, "4S,vc,3,130.5,", "duration in row 1 is no number: '4S'"),
                csv("too many values", "days", "2026-10-01,", "2026-10-01,,", "values in 9 columns"),
                csv("an open quote", "days", "2026-10-01,", "\"2026-10-01,", "it is no CSV file"),
                to(
                        "a file left out everywhere",
                        p -> p.delete("r1/days.csv")
                                .manifests("\\{\\s*\"name\" : \"days.csv\"[^}]*},", "")
                                .sign(),
                        "days.csv: it is missing, and no manifest names it"));
    }

    private static Stream<Arguments> signedWorkbook() {
        return Stream.of(signedCells(), signedSummary(), disguises()).flatMap(each -> each);
    }

    private static Stream<Arguments> signedSummary() {
        return Stream.of(
                summary(
                        "a key figure",
                        "(r=\"A4\"[^>]*><v>)40\\.0",
                        "$141.0",
                        "row 4 of the sheet 'Summary' has 41 | 1657.95 | 126 | 5527.35 | 12 | 9.35 | 8.81, the CSV files give 40 |"),
                summary("a key figure less", "<c r=\"B4\".*?</c>", "", "row 4 of the sheet 'Summary' has 40 | 126 |"),
                summary("users", "(r=\"D16\"[^>]*><v>)8", "$19", "row 16 of the sheet 'Summary' has 8 | 6 | 9,"),
                summary("minutes", "(r=\"C19\"[^>]*><v>)481\\.2", "$1481.3", "has 1176.75 | 481.3 | 1657.95, the CSV"),
                summary("a finding", "(r=\"D33\"[^>]*><v>)1", "$12", "row 33 of the sheet 'Summary' has 2, the CSV"),
                summary(
                        "what confirms",
                        "(r=\"B20\".*?<v>)1176\\.75",
                        "$11.0",
                        "row 20 of the sheet 'Summary' has 1 |"),
                summary("a formula", "<f>SUM\\('Sessions'", "<f>2*SUM('Sessions'", "has the formula 2*SUM("),
                summary(
                        "a charted figure",
                        "(r=\"B5\\d\"[^>]*><v>)\\d+\\.\\d",
                        "$199999.5",
                        "has 99999.5, the CSV files give 75.5"),
                summary("a row less", "(?s)<row r=\"17\".*?</row>", "", "row 19 of the sheet 'Summary' has"),
                to(
                        "the period in the summary, signed",
                        p -> p.workbook("<sst", "Usage report 2026-10", "Usage report 2026-09")
                                .sign(),
                        "the sheet 'Summary' doesn't say '2026-10'"));
    }

    private static Stream<Arguments> disguises() {
        return Stream.of(
                sheet(
                        "a hidden row",
                        "<row r=\"3\"",
                        "<row r=\"3\" hidden=\"1\"",
                        "row 3 is hidden on the sheet 'Sessions'"),
                sheet("a flat row", "<row r=\"3\"", "<row r=\"3\" ht=\"0\"", "row 3 is hidden on the sheet 'Sessions'"),
                sheet(
                        "a hidden column",
                        "<col min=\"9\"",
                        "<col hidden=\"true\" min=\"9\"",
                        "column 9 is hidden on the sheet"),
                sheet(
                        "cells that are one",
                        "(</sheetData><autoFilter [^>]*>)",
                        "$1<mergeCells><mergeCell ref=\"A2:A9\"/></mergeCells>",
                        "cells are covered on the sheet 'Sessions'"),
                summary(
                        "a hidden row",
                        "<row r=\"17\"",
                        "<row r=\"17\" hidden=\"1\"",
                        "row 17 is hidden on the sheet 'Summary'"),
                sheet(
                        "a column's width",
                        "(<col min=\"9\"[^>]* width=\")[^\"]*",
                        "$10.01",
                        "column 9 is hidden on the sheet"),
                sheet(
                        "rows scrolled away",
                        "topLeftCell=\"A2\"",
                        "topLeftCell=\"A22\"",
                        "rows are scrolled out of sight"),
                to(
                        "the window, signed",
                        p -> p.workbook("<sheets>", "<workbookView ", "<workbookView showSheetTabs=\"0\" ")
                                .sign(),
                        "sheets' tabs are hidden"),
                to(
                        "the days' beginning, signed",
                        p -> p.workbook("<sheets>", "date1904=\"false\"", "date1904=\"true\"")
                                .sign(),
                        "its dates count from 1904"),
                to(
                        "a chart over cells, signed",
                        p -> p.workbook("<xdr:wsDr", "<xdr:col>6<", "<xdr:col>0<")
                                .sign(),
                        "something is drawn over cells"),
                to(
                        "a chart of something else, signed",
                        p -> p.workbook("<c:chartSpace", "<c:f>Summary!\\$B", "<c:f>Days!\\$B")
                                .sign(),
                        "shows figures that are not of 'Summary'"),
                to(
                        "a conditional look, signed",
                        p -> p.workbook(
                                        "<numFmts",
                                        "<dxf>",
                                        "<dxf><numFmt numFmtId=\"190\" formatCode=\"&quot;1&quot;\"/>")
                                .sign(),
                        "numbers are shown as '\"1\"'"),
                to(
                        "bytes behind, signed",
                        p -> p.append("r1/billing_2026-10.xlsx", "more").sign(),
                        "something before or behind"),
                to(
                        "a sheet hidden, signed",
                        p -> p.workbook("<sheets>", "<sheet name=\"Days\"", "$0 state=\"veryHidden\"")
                                .sign(),
                        "the sheet 'Days' is hidden"),
                to(
                        "a number's look, signed",
                        p -> p.workbook("<numFmts", "formatCode=\"#,##0", "formatCode=\"&quot;9&quot;#,##0")
                                .sign(),
                        "numbers are shown as '\"9\"#,##0"),
                to(
                        "a part that is a stranger's, signed",
                        p -> p.part("xl/vbaProject.bin", "x", "vnd.ms-office.vbaProject")
                                .sign(),
                        "the part /xl/vbaProject.bin is of a kind"),
                to(
                        "a link to elsewhere, signed",
                        p -> p.workbook(
                                        "<Relationship ",
                                        "</Relationships>",
                                        "<Relationship Id=\"rId99\" Type=\"http://x/y\" Target=\"http://x/z\""
                                                + " TargetMode=\"External\"/></Relationships>")
                                .sign(),
                        "leads to http://x/z"));
    }

    private static Stream<Arguments> signedCells() {
        return Stream.of(
                sheet("a number", "(r=\"I2\"[^>]*><v>)45\\.0", "$146.0", "'Sessions'!I2 (duration) is '46'", "'45'"),
                sheet("a text", "R-atlas", "R-other", "'Sessions'!C2 (room_id) is 'R-other'"),
                sheet("a time", "(r=\"F2\"[^>]*><v>)46296\\.0", "$146296.00000002", "'Sessions'!F2 (trans_date)"),
                sheet("a guard's mark", ">=1\\+1 Oper", ">''=1+1 Oper", "'Sessions'!E3 (user_name)"),
                sheet(
                        "a number as a text",
                        "(r=\"C2\"[^>]*) t=\"inlineStr\"><is><t>[^<]*</t></is>",
                        "$1><v>7</v>",
                        "number 7"),
                sheet("a formula", "(r=\"I2\"[^>]*>)<v>", "$1<f>1+1</f><v>", "formula 1+1 of 45"),
                sheet(
                        "a link out",
                        "(r=\"C2\"[^>]*>)<is><t>([^<]*)</t></is>",
                        "$1<f>HYPERLINK(\"http://x\",\"R-atlas\")</f><is><t>$2</t></is>",
                        "formula HYPERLINK"),
                sheet("a cell less", "<c r=\"I2\".*?</c>", "", "'Sessions'!I2 (duration) is ''"),
                sheet("a cell twice", "(<c r=\"I2\".*?</c>)", "$1$1", "I2 twice"),
                sheet(
                        "a cell more",
                        "(r=\"O2\".*?</c>)",
                        "$1<c r=\"P2\"><v>1</v></c>",
                        "right of the last column in row 2"),
                sheet("a row less", "(?s)<row r=\"2\".*?</row>", "", "'Sessions'!A3", "rows: the manifest says"),
                sheet(
                        "a row more",
                        "</sheetData>",
                        row(42, "<c r=\"A42\" t=\"str\"><v>x</v></c>"),
                        "row 42 of the sheet"),
                users("a wrong total", "<v>1657\\.95</v>", "<v>1</v>", "row 16 of the sheet 'Users' is not"),
                users(
                        "a total of something else",
                        "SUM\\('Users'!\\$E[^)]*",
                        "SUM(99999",
                        "row 16 of the sheet 'Users' is not"),
                users(
                        "a shorter total",
                        "SUM\\('Users'!\\$E\\$2:\\$E\\$15",
                        "SUM('Users'!\\$E\\$2:\\$E\\$14",
                        "row 16 of the sheet"),
                users(
                        "a word below",
                        "</sheetData>",
                        "<row r=\"19\"><c r=\"A19\" t=\"str\"><v>U-9 owes more</v></c></row></sheetData>",
                        "row 19 of the sheet 'Users' is not in users.csv"),
                users("no total", "(?s)<row r=\"16\".*?</row>", "", "the sheet 'Users' lacks its total"),
                users("a heading", "Session minutes", "Refund minutes", "are not called as those of users"),
                sheet(
                        "a row far away",
                        "(?s)<row r=\"41\"(.*?)r=\"A41\"",
                        "<row r=\"50\"$1r=\"A50\"",
                        "row 50 of the sheet 'Sessions' is far"),
                sheet("a cell of another row", "r=\"I3\"", "r=\"I77\"", "I77 in row 3"),
                sheet("a cell of a row that ends alike", "r=\"I3\"", "r=\"I13\"", "I13 in row 3"),
                sheet("minutes shown as a time", "(r=\"I2\" s=\")\\d+", "$13", "45.0 shown as a TIME"),
                sheet(
                        "a column more",
                        "(?s)(r=\"O1\".*?</c>)",
                        "$1<c r=\"P1\" t=\"str\"><v>x</v></c>",
                        "has 16 columns"),
                to(
                        "a sheet hidden away",
                        p -> p.workbook("<sheets>", "<sheet name=\"Recordings\"[^>]*>", "")
                                .sign(),
                        "there is no sheet for "),
                to(
                        "a sheet more",
                        p -> p.workbook("<sheets>", "(<sheet name=\"Recordings\")([^>]*>)", "$1$2<sheet name=\"R3\"$2")
                                .sign(),
                        "billing_2026-10.xlsx: "));
    }

    private static String row(int number, String cells) {
        return "<row r=\"" + number + "\">" + cells + "</row></sheetData>";
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
                p -> p.workbook(">R-atlas<", regex, replacement).sign(),
                found);
    }

    private static Arguments users(String what, String regex, String replacement, String... found) {
        return to(
                what + " below the users, signed",
                p -> p.workbook("SUM('Users'!", regex, replacement).sign(),
                found);
    }

    private static Arguments summary(String what, String regex, String replacement, String... found) {
        return to(
                what + " in the summary, signed",
                p -> p.workbook("showGridLines", regex, replacement).sign(),
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
