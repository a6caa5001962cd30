package dev.billingexport.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.delivered.Verification;
import dev.billingexport.delivery.DeliveredRevision;
import dev.billingexport.delivery.DeliveryProperties;
import dev.billingexport.delivery.Manifest;
import dev.billingexport.ledger.Run;
import dev.billingexport.run.AmendedRevision;
import dev.billingexport.run.Outcome;
import dev.billingexport.sample.SampleSession;
import dev.billingexport.session.AppType;
import dev.billingexport.testing.Behaviour;
import dev.billingexport.testing.FakeApi;
import dev.billingexport.testing.Served;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.FileSystemUtils;

/** A delivered month is collected again, and the API tells something else. */
class AmendedRunTest {

    private static final String WORKBOOK = "billing_2026-10.xlsx";

    @TempDir
    Path home;

    private final FakeApi api = FakeApi.start(0, Behaviour.DOCUMENTED, List.of());

    @BeforeEach
    void serve() {
        for (int day = 1; day <= 6; day++) {
            api.put(session("s" + day, day, "12.50"));
        }
    }

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void theNextRevisionTellsWhatItChangesAndIsVerified() throws IOException {
        deliver(1, "export.report.formats=csv,xlsx,html");
        change();

        Manifest manifest = deliver(2, "export.report.formats=csv,xlsx,html");

        assertThat(manifest.amends()).isEqualTo(new Manifest.Amends(1, 1L, 1L, 3L, List.of()));
        assertThat(amendments(2)).isEqualTo("""
                session_id,user_id,app_type,trans_date,change,fields,session_minutes_before,session_minutes_after,call_detail_minutes_before,call_detail_minutes_after
                s2,U-s2,vc,2026-10-02T10:00:00.000Z,removed,,12.50,,25.00,
                s3,U-s3,vc,2026-10-03T10:00:00.000Z,changed,duration call_details call_detail_minutes,12.50,13.5,25.00,27.0
                s5,U-s5,vc,2026-10-05T10:00:00.000Z,changed,call_details,12.50,12.50,25.00,25.00
                s7,U-s7,vc,2026-10-07T10:00:00.000Z,added,,,12.50,,25.00
                s4,U-s4,vc,2026-10-20T10:00:00.000Z,changed,trans_date connect_dt disconnect_dt call_details,12.50,12.50,25.00,25.00
                """);
        assertThat(differences(2)).isEmpty();
        assertThat(manifest.files()).extracting(Manifest.File::name).contains("amendments.csv");
    }

    @Test
    void whatDidNotChangeIsSaidToo() throws IOException {
        assertThat(deliver(1).amends()).isNull();

        Manifest manifest = deliver(2);

        assertThat(manifest.amends()).isEqualTo(new Manifest.Amends(1, 0L, 0L, 0L, List.of()));
        assertThat(amendments(2)).hasLineCount(1);
        assertThat(revision(1).resolve("amendments.csv")).doesNotExist();
    }

    @Test
    void theNewestRevisionThatIsThereIsAmended() throws IOException {
        deliver(1);
        change();
        deliver(2);

        assertThat(deliver(4).amends()).isEqualTo(new Manifest.Amends(2, 0L, 0L, 0L, List.of()));
    }

    @Test
    void whatCantBeComparedIsSaidBeforeAnythingIsCollectedAndDeliveredAllTheSame() throws IOException {
        deliver(1, "export.report.formats=xlsx,html");
        try (ExportProcess process = start()) {
            assertThat(process.get(AmendedRevision.class).warning(process.october(2)))
                    .get()
                    .asString()
                    .contains("revision 1", "it has no CSV files");
            assertThat(process.get(AmendedRevision.class).warning(process.october(1)))
                    .isEmpty();
        }

        assertThat(deliver(2).amends()).isEqualTo(new Manifest.Amends(1, null, null, null, List.of()));
        assertThat(revision(2).resolve("amendments.csv")).doesNotExist();
        assertThat(differences(2)).isEmpty();
    }

    @Test
    void aRevisionThatWasTamperedWithIsNotBelieved() throws IOException {
        deliver(1);
        Files.writeString(revision(1).resolve("sessions.csv"), "session_id\r\n");

        assertThat(deliver(2, "export.report.formats=csv,html").amends())
                .isEqualTo(new Manifest.Amends(1, null, null, null, List.of()));
        assertThat(Files.readString(revision(2).resolve("report.html"))).contains("since revision 1 is not known");
    }

    @Test
    void aRunThatIsKilledWhileItDeliversAmendsInTheSameBytes() throws IOException {
        deliver(1, "export.report.formats=csv,xlsx");
        change();
        Path undisturbed = home.resolve("undisturbed");
        copy(home.resolve("out"), undisturbed.resolve("out"));
        copy(home.resolve("data"), undisturbed.resolve("data"));
        try (ExportProcess process = ExportProcess.start(undisturbed, api, "export.report.formats=csv,xlsx")) {
            assertThat(process.launch(process.october(2)).kind()).isEqualTo(Outcome.Kind.DELIVERED);
        }

        // A file where the revision's folder belongs stops the delivery, after everything was rendered.
        Path inTheWay = Files.writeString(revision(2), "x");
        try (ExportProcess failing = start("export.report.formats=csv,xlsx")) {
            assertThat(failing.launch(failing.october(2)).kind()).isEqualTo(Outcome.Kind.FAILED);
        }
        Files.delete(inTheWay);
        deliver(2, "export.report.formats=csv,xlsx");

        for (String name : List.of("amendments.csv", "sessions.csv", WORKBOOK)) {
            assertThat(revision(2).resolve(name))
                    .hasSameBinaryContentAs(
                            undisturbed.resolve("out/billing/2026-10/r2").resolve(name));
        }
    }

    /** One more, one less, minutes, a day, and details that add up to the same. */
    private void change() {
        api.put(session("s7", 7, "12.50"));
        api.remove("s2");
        api.put(session("s3", 3, "13.5"));
        api.put(session("s4", 20, "12.50"));
        SampleSession five = session("s5", 5, "12.50");
        api.put(SampleSession.parse("{\"session\": " + five.session() + ", \"recordings\": " + five.recordings()
                + ", \"cdr\": "
                + five.callDetails().replaceFirst("12.50", "5.00").replaceFirst("12.50", "20.00") + "}"));
    }

    private static SampleSession session(String id, int day, String minutes) {
        return Served.session(id, Instant.parse("2026-10-%02dT10:00:00Z".formatted(day)), AppType.VC, minutes);
    }

    private Manifest deliver(int revision, String... settings) {
        try (ExportProcess process = start(settings)) {
            Run run = process.october(revision);
            assertThat(process.launch(run)).isEqualTo(new Outcome(Outcome.Kind.DELIVERED, null));
            return process.current().orElseThrow();
        }
    }

    private ExportProcess start(String... settings) {
        List<String> all = new ArrayList<>(List.of("export.source.window=31d", "export.report.formats=csv"));
        all.addAll(List.of(settings));
        return ExportProcess.start(home, api, all.toArray(String[]::new));
    }

    private String amendments(int revision) throws IOException {
        return Files.readString(revision(revision).resolve("amendments.csv")).replace("\r\n", "\n");
    }

    private Path revision(int revision) {
        return home.resolve("out/billing/2026-10/r" + revision);
    }

    private List<String> differences(int revision) throws IOException {
        try (var delivered = DeliveredRevision.find(place(revision(revision))).orElseThrow()) {
            return Verification.of(delivered).differences();
        }
    }

    private static DeliveryProperties place(Path folder) {
        return new Binder(new MapConfigurationPropertySource(Map.of("export.delivery.location", folder.toString())))
                .bind("export.delivery", DeliveryProperties.class)
                .get();
    }

    private static void copy(Path from, Path to) throws IOException {
        FileSystemUtils.copyRecursively(from, to);
    }
}
