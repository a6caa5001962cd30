package dev.billingexport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.sample.RecordedSample;
import dev.billingexport.testing.Behaviour;
import dev.billingexport.testing.FakeApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code render}, and a month whose price was wrong when it was delivered. */
class RenderCommandTest {

    private static final String MONTH = "out/billing/2026-10-01_2026-10-04";

    @TempDir
    private Path folder;

    private Terminal terminal;

    @BeforeEach
    void deliver() {
        terminal = new Terminal(folder)
                .set("export.report.formats", "csv")
                .set("export.rating.currency", "EUR")
                .set("export.rating.prices.vc.participant-minute", "0.01");
        try (FakeApi api = FakeApi.start(0, Behaviour.DOCUMENTED, RecordedSample.sessions())) {
            terminal.connect(api);
            assertThat(terminal.type("run", "--from=2026-10-01", "--to=2026-10-04")
                            .exitCode())
                    .isZero();
        }
    }

    /** The API is gone by now: it would be found out if it were asked anything. */
    @Test
    void aPriceIsCorrectedWithoutTheApi() throws IOException {
        JsonNode first = manifest(MONTH + "/r1");
        terminal.set("export.rating.prices.vc.participant-minute", "0.02");

        Terminal.Screen again = terminal.type("run", "--from=2026-10-01", "--to=2026-10-04");
        assertThat(again.exitCode()).isEqualTo(ExitCode.OTHER_SETTINGS);
        assertThat(again.out()).anyMatch(line -> line.startsWith("Already delivered at "));
        assertThat(again.err())
                .contains(
                        "Nothing was done, but the settings differ from those of the delivery:",
                        "To deliver the next revision from the collected sessions: EXPORT_DATA_DIR='"
                                + folder.resolve("data") + "' billing-export render 1",
                        "To collect the period again and deliver the next revision, add --rerun.")
                .anyMatch(line -> line.startsWith("  export.rating.prices: was vc (participant-minute 0.01"));

        Terminal.Screen rendered = terminal.type("render", "1");
        assertThat(rendered.err()).isEmpty();
        assertThat(rendered.exitCode()).isZero();
        assertThat(rendered.out())
                .contains("Run 2: revision 2, from the sessions that run 1 collected, without querying the API.")
                .anyMatch(line -> line.startsWith("Delivered 5 sessions to "));

        JsonNode second = manifest(MONTH);
        assertThat(second.get("revision").asInt()).isEqualTo(2);
        assertThat(first.has("rendered_from")).isFalse();
        assertThat(second.get("rendered_from").asInt()).isEqualTo(1);
        assertThat(second.get("collected")).isEqualTo(first.get("collected"));
        assertThat(second.get("listing_sha256")).isEqualTo(first.get("listing_sha256"));
        String before = first.at("/totals/charges/0/amount").asString();
        assertThat(second.at("/amends/charges/0/before").asString()).isEqualTo(before);
        assertThat(second.at("/amends/charges/0/after").decimalValue())
                .isEqualByComparingTo(second.at("/totals/charges/0/amount").decimalValue())
                .isGreaterThan(first.at("/totals/charges/0/amount").decimalValue());

        String after = second.at("/totals/charges/0/amount").asString();
        assertThat(rendered.out())
                .last()
                .asString()
                .startsWith("No session changed since revision 1. Charges: EUR " + before + " -> " + after + " (+");

        String[] revisions = {
            folder.resolve(MONTH + "/r1").toString(), folder.resolve(MONTH).toString()
        };
        assertThat(terminal.type("compare", revisions[0], revisions[1]).out())
                .contains("Sessions added: 0, removed: 0, changed: 0.", "Charges that changed, per user:")
                .anyMatch(line -> line.startsWith("Charges: EUR " + before + " -> " + after + " (+"))
                .anyMatch(line -> line.matches("  U-1001: EUR [\\d.]+ -> [\\d.]+ \\(\\+[\\d.]+\\)"));
        Terminal.Screen compared = terminal.type("compare", "--json", revisions[0], revisions[1]);
        JsonNode document = JsonMapper.shared().readTree(String.join("\n", compared.out()));
        assertThat(document.at("/charges/0/before").asString()).isEqualTo(before);
        assertThat(document.at("/charges/0/after").asString()).isEqualTo(after);
        assertThat(document.at("/after/revision").asInt()).isEqualTo(2);
        assertThat(document.at("/sessions/changed").asInt()).isZero();
        assertThat(document.get("payers")).isNotEmpty();

        assertThat(terminal.type("verify", folder.resolve(MONTH).toString()).exitCode())
                .isZero();
        assertThat(terminal.type("run", "--from=2026-10-01", "--to=2026-10-04").exitCode())
                .isZero();
        assertThat(terminal.type("show", "2").out())
                .contains(
                        "  rendered  from the sessions that run 1 collected, without querying the API",
                        "  sessions  5");
    }

    @Test
    void whatWasRenderedCanBeRenderedAgainAndElsewhere() throws IOException {
        assertThat(terminal.type("render", "1", "--format=html").exitCode()).isZero();
        Path elsewhere = folder.resolve("elsewhere");
        Terminal.Screen screen = terminal.type("render", "2", "--output=" + elsewhere, "--format=csv,html");

        assertThat(screen.exitCode()).isZero();
        JsonNode manifest = manifest("elsewhere/billing/2026-10-01_2026-10-04");
        assertThat(manifest.get("revision").asInt()).isEqualTo(3);
        assertThat(manifest.get("rendered_from").asInt()).isEqualTo(1);
        for (String file : List.of("sessions.csv", "charges.csv", "reconciliation.csv")) {
            assertThat(elsewhere.resolve("billing/2026-10-01_2026-10-04/r3/" + file))
                    .hasSameBinaryContentAs(folder.resolve(MONTH + "/r1/" + file));
        }
        assertThat(terminal.type("run", "--from=2026-10-01", "--to=2026-10-04").err())
                .anyMatch(line -> line.startsWith("  export.delivery.location: it was delivered to file:"))
                .anyMatch(line -> line.startsWith("  export.report.formats: was csv, html, is csv"));
    }

    @Test
    void whatCantBeRendered() {
        assertThat(terminal.type("render", "7").err()).containsExactly("There is no run 7. See 'billing-export runs'.");
        terminal.set("export.source.app-types", "vc");
        Terminal.Screen otherScope = terminal.type("render", "1");
        assertThat(otherScope.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(otherScope.err()).singleElement().asString().startsWith("Run 1 was started with another name");
        terminal.unset("export.source.app-types");
        assertThat(terminal.type("purge", "--before=2027-01-01", "--yes").exitCode())
                .isZero();
        Terminal.Screen purged = terminal.type("render", "1");
        assertThat(purged.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(purged.err()).singleElement().asString().contains("The collected sessions of run 1 were purged.");
    }

    /** Checked against what was collected before a run is entered. */
    @Test
    void usersWithoutACustomerAreNamedBeforeAnythingStarts() {
        Path prices = terminal.write("prices.csv", "plan,item,app_type,price", "p,participant_minutes,*,0.01");
        Path customers = terminal.write("customers.csv", "user_id,customer,plan", "U-1001,ACME,q", "U-1001,,p");
        terminal.unset("export.rating.prices.vc.participant-minute")
                .set("export.rating.price-list", prices.toString())
                .set("export.rating.customers", customers.toString());

        Terminal.Screen faulty = terminal.type("run", "--from=2026-10-05", "--to=2026-10-06");
        assertThat(faulty.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(faulty.err())
                .containsExactly(
                        "export.rating.customers = " + customers + ", line 2: the price list has no plan q; it has p.",
                        "export.rating.customers = " + customers + ", line 3: customer is empty.");

        terminal.write("customers.csv", "user_id,customer,plan", "U-1001,ACME,p");
        Terminal.Screen screen = terminal.type("render", "1");

        assertThat(screen.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(screen.err())
                .singleElement()
                .asString()
                .startsWith("export.rating.customers has no customer for ")
                .contains("U-1003");
        assertThat(terminal.type("runs").out()).noneMatch(line -> line.startsWith("2 "));

        terminal.write("customers.csv", "user_id,customer,plan", "U-1001,ACME,p", "*,Others,p");
        assertThat(terminal.type("render", "1").exitCode()).isZero();
        assertThat(folder.resolve(MONTH + "/r2/charges.csv"))
                .content()
                .contains("ACME,p,U-1001,")
                .contains("Others,p,U-");
        assertThat(terminal.type("verify", folder.resolve(MONTH).toString()).exitCode())
                .isZero();

        terminal.write("prices.csv", "plan,item,app_type,price", "p,participant_minutes,*,0.03");
        assertThat(terminal.type("run", "--from=2026-10-01", "--to=2026-10-04").err())
                .anyMatch(
                        line -> line.matches(
                                "  export.rating.price-list: was prices.csv with SHA-256 \\w{64}, is prices.csv with SHA-256 \\w{64}"));
    }

    private JsonNode manifest(String place) throws IOException {
        return JsonMapper.shared()
                .readTree(Files.readString(folder.resolve(place).resolve("manifest.json")));
    }
}
