package dev.billingexport.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billingexport.api.ApiException;
import dev.billingexport.api.Credentials;
import dev.billingexport.api.ReportingClient;
import dev.billingexport.api.SessionPage;
import dev.billingexport.sample.SampleAccount;
import dev.billingexport.sample.SampleSession;
import dev.billingexport.session.AppType;
import dev.billingexport.session.Session;
import dev.billingexport.session.Window;
import dev.billingexport.testing.Behaviour;
import dev.billingexport.testing.Clients;
import dev.billingexport.testing.FakeApi;
import dev.billingexport.testing.Fault;
import dev.billingexport.testing.Served;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is asked for before anybody wants it is not asked for twice. */
class WindowPagesTest {

    private static final Window FIFTH =
            ExportProcess.OCTOBER.windows(AppType.VC, Duration.ofDays(1)).get(4);
    private static final Window SIXTH =
            ExportProcess.OCTOBER.windows(AppType.VC, Duration.ofDays(1)).get(5);

    private static final List<SampleSession> SESSIONS = IntStream.range(0, 7)
            .mapToObj(number -> Served.session("s" + number, FIFTH.start().plus(Duration.ofHours(number))))
            .toList();

    private FakeApi api;
    private ReportingClient client;
    private WindowPages pages;

    @BeforeEach
    void start() {
        api = FakeApi.start(0, Behaviour.DOCUMENTED, SESSIONS);
        client = Clients.of(api.baseUrl(), 1, Credentials.from(SampleAccount.basicCredentials()));
        pages = new WindowPages(client, Clients.source(Map.of("page-length", 2)), Runnable::run, Clock.systemUTC());
    }

    @AfterEach
    void end() {
        client.close();
        api.close();
    }

    @Test
    void asManyPagesAsMemoryHoldsAreThereAndTheOthersAreAskedForWhenTheyAreWanted() {
        pages.begin(ExportProcess.OCTOBER, List.of(FIFTH, SIXTH), Duration.ZERO, 6);
        assertThat(api.counters().pages()).isEqualTo(3 + 1);

        IntFunction<SessionPage> fifth = of(FIFTH);
        assertThat(List.of(ids(fifth, 1), ids(fifth, 2), ids(fifth, 3)))
                .containsExactly(List.of("s0", "s1"), List.of("s2", "s3"), List.of("s4", "s5"));
        assertThat(ids(of(SIXTH), 1)).isEmpty();
        assertThat(api.counters().pages()).isEqualTo(4);

        assertThat(ids(fifth, 4)).containsExactly("s6");
        assertThat(ids(fifth, 5)).isEmpty();
        assertThat(api.counters().pages()).isEqualTo(6);
    }

    @Test
    void allPagesAreThereWhereMemoryHoldsThem() {
        pages.begin(ExportProcess.OCTOBER, List.of(FIFTH, SIXTH), Duration.ZERO, 100);
        long asked = api.counters().pages();

        IntFunction<SessionPage> fifth = of(FIFTH);
        assertThat(IntStream.rangeClosed(1, 5).mapToObj(number -> ids(fifth, number)))
                .containsExactly(
                        List.of("s0", "s1"), List.of("s2", "s3"), List.of("s4", "s5"), List.of("s6"), List.of());
        assertThat(api.counters().pages()).isEqualTo(asked).isEqualTo(5 + 1);
    }

    @Test
    void whatWasAskedForAheadServesOnceAndOnlyUntilTheNextTime() {
        pages.begin(ExportProcess.OCTOBER, List.of(FIFTH), Duration.ZERO, 6);
        of(FIFTH);
        api.remove("s0");
        assertThat(ids(of(FIFTH), 1)).containsExactly("s1", "s2");

        pages.begin(ExportProcess.OCTOBER, List.of(FIFTH), Duration.ZERO, 6);
        api.remove("s1");
        pages.begin(ExportProcess.OCTOBER, List.of(SIXTH), Duration.ZERO, 6);
        assertThat(ids(of(FIFTH), 1)).containsExactly("s2", "s3");
    }

    @Test
    void windowsThatWouldFillTheMemoryAreNotAskedForAhead() {
        pages.begin(ExportProcess.OCTOBER, List.of(FIFTH), Duration.ZERO, 1);

        assertThat(api.counters().pages()).isZero();
    }

    @Test
    void aFailureIsThatOfWhoeverWantsThePage() {
        api.behave(Behaviour.DOCUMENTED.with().fault(Fault.ERROR_500, 1).build());

        pages.begin(ExportProcess.OCTOBER, List.of(FIFTH), Duration.ZERO, 6);

        IntFunction<SessionPage> fifth = of(FIFTH);
        assertThatThrownBy(() -> fifth.apply(1)).isInstanceOf(ApiException.Unavailable.class);
    }

    private IntFunction<SessionPage> of(Window window) {
        return pages.of(ExportProcess.OCTOBER, window).parts().get(0);
    }

    private static List<String> ids(IntFunction<SessionPage> pages, int number) {
        return pages.apply(number).sessions().stream().map(Session::sessionId).toList();
    }
}
