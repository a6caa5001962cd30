package dev.billingexport.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.api.Credentials;
import dev.billingexport.ledger.EarlierRuns;
import dev.billingexport.ledger.ListedValues;
import dev.billingexport.ledger.Run;
import dev.billingexport.run.Outcome;
import dev.billingexport.sample.Route;
import dev.billingexport.sample.SampleAccount;
import dev.billingexport.sample.SampleSession;
import dev.billingexport.session.Period;
import dev.billingexport.session.Scope;
import dev.billingexport.testing.Behaviour;
import dev.billingexport.testing.ChangingProxy;
import dev.billingexport.testing.FakeApi;
import dev.billingexport.testing.Fault;
import dev.billingexport.testing.Served;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A bill of several users' sessions, where the API lists one user's at a time. */
class SeveralValuesTest {

    private static final Clock LATER = Clock.fixed(Instant.parse("2026-11-02T04:30:00Z"), ZoneOffset.UTC);
    private static final Instant START = ExportProcess.OCTOBER.start();

    /** Of thirty users, one session each, three hours apart. */
    private static final List<SampleSession> SERVED = IntStream.range(0, 30)
            .mapToObj(i -> Served.session("s" + i, START.plus(Duration.ofHours(3L * i))))
            .toList();

    private static final String[] THREE = {"filter.by=user_id", "filter.values=U-s3, U-s12,U-s3,U-s20,U-nobody"};

    @TempDir
    Path home;

    private FakeApi api;

    @BeforeEach
    void serve() {
        api = FakeApi.start(0, Behaviour.DOCUMENTED.with().maxPageLength(2).build(), SERVED);
    }

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void eachValueIsListedAndItsSessionsAreBilled() {
        List<String> searched = new ArrayList<>();
        api.onRequest(request -> {
            synchronized (searched) {
                searched.add(request.query().get("search_string"));
            }
        });

        assertThat(deliver(ExportProcess.OCTOBER, THREE)).containsExactly("s12", "s20", "s3");

        assertThat(searched).contains("U-s3", "U-s12", "U-s20", "U-nobody");
        assertThat(api.counters().requests(Route.CDR)).isEqualTo(3);
    }

    /** Each listing then holds the sessions of all, on more pages than may repeat what was listed. */
    @Test
    void anApiThatIgnoresTheSearchGivesTheSameBill() throws IOException {
        try (ChangingProxy proxy = ChangingProxy.changingQuery(api.baseUrl(), "&search_(by|string)=[^&]*", "");
                ExportProcess process = ExportProcess.start(
                        home,
                        proxy.baseUrl(),
                        Credentials.from(SampleAccount.basicCredentials()),
                        prefixed(
                                "filter.by=user_id",
                                "filter.values=U-s3,U-s12,U-s20",
                                "window=31d",
                                "page-length=1"))) {
            Run run = process.october(1);

            assertThat(process.launch(run)).isEqualTo(new Outcome(Outcome.Kind.DELIVERED, null));

            assertThat(process.contents().sessionIds(run)).containsExactly("s12", "s20", "s3");
            assertThat(api.counters().requests(Route.CDR)).isEqualTo(3);
        }
    }

    @Test
    void sessionsThatCarryAnotherValueThanTheyWereListedForAreToldOf() throws IOException {
        try (ChangingProxy proxy = ChangingProxy.changingAnswers(api.baseUrl())) {
            proxy.change((asked, body) -> body.replaceAll("(\"user_id\": ?)\"U-s3\"", "$1\"s3\""));
            try (ExportProcess process = filtered(proxy)) {
                Run run = process.october(1);
                assertThat(process.launch(run)).isEqualTo(new Outcome(Outcome.Kind.DELIVERED, null));
                assertThat(process.contents().sessionIds(run)).containsExactly("s12");
            }
            assertThat(Files.readString(home.resolve("out/billing/2026-10/manifest.json")))
                    .contains(
                            "Sessions that the API listed for user_id U-s3 carry another one and are left out: 1.",
                            "The API listed no session for user_id U-nobody.");
            try (ExportProcess later = filtered(proxy)) {
                assertThat(later.get(ListedValues.class).of(later.october(1)))
                        .containsExactly(Map.entry("U-s12", 0L), Map.entry("U-s3", 1L));
            }
        }
    }

    private ExportProcess filtered(ChangingProxy proxy) {
        return ExportProcess.start(
                home,
                proxy.baseUrl(),
                Credentials.from(SampleAccount.basicCredentials()),
                prefixed("filter.by=user_id", "filter.values=U-s3,U-s12,U-nobody"));
    }

    @Test
    void valuesOfAFileAreTheSameScopeInWhateverOrder() throws IOException {
        Path file = Files.writeString(home.resolve("users.txt"), "U-s20\r\nU-s12\r\n\r\nU-nobody\r\nU-s3\r\nU-s12\r\n");

        assertThat(scope("filter.by=user_id", "filter.values-file=" + file)).isEqualTo(scope(THREE));
        assertThat(scope("filter.by=room_id", "filter.values-file=" + file)).isNotEqualTo(scope(THREE));
        assertThat(scope("filter.by=user_id", "filter.values=a,b"))
                .isNotEqualTo(scope("filter.by=user_id", "filter.values=a"))
                .isNotEqualTo(scope("filter.by=user_id", "filter.value=a, b"));
    }

    @Test
    void aDeadRunGoesOnWithWhatIsMissing() {
        api.behave(Behaviour.DOCUMENTED
                .with()
                .broken(Route.CDR, "s12", Fault.ERROR_500)
                .build());
        try (ExportProcess process = process(THREE)) {
            assertThat(process.launch(process.october(1)).kind()).isEqualTo(Outcome.Kind.FAILED);
        }
        api.behave(Behaviour.DOCUMENTED);
        api.counters().reset();

        assertThat(deliver(ExportProcess.OCTOBER, THREE)).containsExactly("s12", "s20", "s3");

        assertThat(api.counters().requests(Route.CDR)).isOne();
        assertThat(api.counters().requests(Route.CDR, "s12")).isOne();
    }

    @Test
    void whatIsLateUnderOneValueIsFoundByTheConfirmingPass() {
        api.onRequest(request -> {
            if (request.route() == Route.CDR && request.sessionId().equals("s12")) {
                SampleSession late = Served.session("s3b", START.plus(Duration.ofHours(10)));
                api.put(SampleSession.parse("{\"session\": %s, \"cdr\": %s, \"recordings\": []}"
                        .formatted(late.session().replace("U-s3b", "U-s20"), late.callDetails())));
            }
        });

        assertThat(deliver(ExportProcess.OCTOBER, THREE)).containsExactly("s12", "s20", "s3", "s3b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"filter.values=U-s3,U-s12,U-s20,U-nobody", "filter.values=U-nobody,U-s20,U-s12,U-s3"})
    void whatANightCollectedIsTakenOver(String values) {
        Period first = new Period(LocalDate.of(2026, 10, 1), LocalDate.of(2026, 10, 2), ZoneOffset.UTC);
        assertThat(deliver(first, THREE)).containsExactly("s3");

        assertThat(deliver(ExportProcess.OCTOBER, "filter.by=user_id", values)).containsExactly("s12", "s20", "s3");

        assertThat(api.counters().requests(Route.CDR, "s3")).isOne();
    }

    private List<String> deliver(Period period, String... settings) {
        try (ExportProcess process = process(settings)) {
            Run run = process.run(period, 1);
            assertThat(process.launch(run)).isEqualTo(new Outcome(Outcome.Kind.DELIVERED, null));
            assertThat(process.get(EarlierRuns.class).reusedCount(run)).isBetween(0L, 1L);
            return process.contents().sessionIds(run).toList();
        }
    }

    private String scope(String... settings) {
        try (ExportProcess process = process(settings)) {
            return process.get(Scope.class).fingerprint();
        }
    }

    private ExportProcess process(String... settings) {
        return ExportProcess.start(home, api, LATER, prefixed(settings));
    }

    private static String[] prefixed(String... settings) {
        List<String> all = new ArrayList<>(List.of("export.source.window=7d"));
        for (String setting : settings) {
            all.add("export.source." + setting);
        }
        return all.toArray(String[]::new);
    }
}
