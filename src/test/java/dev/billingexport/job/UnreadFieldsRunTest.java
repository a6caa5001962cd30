package dev.billingexport.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.api.Credentials;
import dev.billingexport.ledger.Run;
import dev.billingexport.ledger.Runs;
import dev.billingexport.ledger.UnreadFieldCounts;
import dev.billingexport.run.Outcome;
import dev.billingexport.sample.Route;
import dev.billingexport.sample.SampleAccount;
import dev.billingexport.sample.SampleSession;
import dev.billingexport.session.Period;
import dev.billingexport.testing.Behaviour;
import dev.billingexport.testing.ChangingProxy;
import dev.billingexport.testing.FakeApi;
import dev.billingexport.testing.Fault;
import dev.billingexport.testing.Served;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fields that nobody reads, through a whole run. */
class UnreadFieldsRunTest {

    private static final Instant NOON = Instant.parse("2026-10-05T12:00:00Z");

    private static final Period FIFTH =
            new Period(LocalDate.of(2026, 10, 5), LocalDate.of(2026, 10, 6), ZoneOffset.UTC);

    private static final List<SampleSession> SESSIONS =
            List.of(Served.session("a", NOON), Served.session("b", NOON.plusSeconds(1)));

    @TempDir
    Path home;

    @Test
    void theyAreKeptAcrossRestartsAndTakenOverWithTheDetailsUntilTheRunIsForgotten() throws IOException {
        try (FakeApi api = FakeApi.start(
                        0,
                        Behaviour.DOCUMENTED
                                .with()
                                .broken(Route.CDR, "b", Fault.ERROR_500)
                                .build(),
                        SESSIONS);
                ChangingProxy proxy = ChangingProxy.changingAnswers(api.baseUrl())) {
            proxy.change((asked, body) -> asked.getPath().endsWith("/cdr")
                    ? body.replace("\"call_num\"", "\"quality\":\"good\",\"call_num\"")
                    : body.replace("\"meeting_id\"", "\"tenant\":7,\"meeting_id\""));
            try (ExportProcess process = start(proxy)) {
                Run run = process.run(FIFTH, 1);
                assertThat(process.launch(run).kind()).isEqualTo(Outcome.Kind.FAILED);

                assertThat(unread(process, run)).containsEntry("call detail: quality", 2L);
            }
            api.behave(Behaviour.DOCUMENTED);
            try (ExportProcess process = start(proxy)) {
                Run run = process.run(FIFTH, 1);
                assertThat(process.launch(run)).isEqualTo(new Outcome(Outcome.Kind.DELIVERED, null));

                assertThat(unread(process, run))
                        .containsOnlyKeys("call detail: quality", "session: tenant")
                        .containsEntry("call detail: quality", 4L);
            }
            proxy.change((asked, body) -> body);
            try (ExportProcess process = start(proxy)) {
                Run month = process.october(1);
                assertThat(process.launch(month)).isEqualTo(new Outcome(Outcome.Kind.DELIVERED, null));

                assertThat(unread(process, month)).containsEntry("call detail: quality", 4L);
                process.get(Runs.class).forget(month);
                assertThat(unread(process, month)).isEmpty();
            }
        }
    }

    private ExportProcess start(ChangingProxy proxy) {
        return ExportProcess.start(
                home,
                proxy.baseUrl(),
                Credentials.from(SampleAccount.basicCredentials()),
                "export.source.app-types=vc");
    }

    private static Map<String, Long> unread(ExportProcess process, Run run) {
        return process.get(UnreadFieldCounts.class).of(run);
    }
}
