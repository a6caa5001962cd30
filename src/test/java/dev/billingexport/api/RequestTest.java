package dev.billingexport.api;

import static dev.billingexport.testing.ScriptedApi.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.session.AppType;
import dev.billingexport.session.Filter;
import dev.billingexport.testing.ScriptedApi;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes out. */
class RequestTest extends ApiTest {

    @Test
    void aListingSendsItsWindowOrderAndHeaders() {
        api.then(ok(EMPTY_PAGE));

        client().sessions(new SessionQuery(
                AppType.WB,
                Instant.parse("2026-09-30T23:59:58.750Z"),
                Instant.parse("2026-10-02T00:00:00.001Z"),
                new Filter.Term(Filter.Field.USER_ID, "a+b & c/ü%20"),
                7,
                40));

        ScriptedApi.Asked asked = api.onlyAsked();
        assertThat(asked.method() + " " + asked.path()).isEqualTo("GET /sessions");
        assertThat(Arrays.stream(asked.query().split("&")).map(pair -> URLDecoder.decode(pair, StandardCharsets.UTF_8)))
                .containsExactly(
                        "page=7",
                        "page_length=40",
                        "from_session_date=2026-09-30 23:59:58",
                        "to_session_date=2026-10-02 00:00:01",
                        "search_by=user_id",
                        "search_string=a+b & c/ü%20",
                        "order_by=session_id",
                        "order_qualify=asc");
        assertThat(asked.header("X-app-type")).isEqualTo("wb");
        assertThat(asked.header("Authorization")).isEqualTo("Basic YXBwLWlkLTE6YXBwLWtleS1zM2NyZXQ=");
        assertThat(asked.header("Content-type")).isEqualTo("application/json");
        assertThat(asked.header("Accept")).isEqualTo("application/json");
        assertThat(asked.header("Accept-encoding"))
                .as("and none that only an archive has")
                .isEqualTo("gzip");
    }

    @Test
    void aWholeSecondIsAskedForAsItIs() {
        api.then(ok(EMPTY_PAGE));

        client().sessions(QUERY);

        assertThat(api.onlyAsked().query())
                .contains("from_session_date=2026-10-01%2000%3A00%3A00&")
                .contains("to_session_date=2026-10-02%2000%3A00%3A00&")
                .doesNotContain("search");
    }

    @ParameterizedTest
    @CsvSource({
        "abc-123, abc-123",
        "a/b, a%2Fb",
        "../login, ..%2Flogin",
        "a?b#c, a%3Fb%23c",
        "50%, 50%25",
        "%2F, %252F",
        "a;b, a%3Bb",
        "'a b', a%20b",
        "ü, %C3%BC",
        "{x}, %7Bx%7D"
    })
    void aSessionIdIsOneSegmentOfThePath(String sessionId, String segment) {
        api.then(ok(NO_CDR), ok("{\"result\":1,\"recordings\":[]}"));
        ReportingClient client = client();

        client.callDetails(AppType.VC, sessionId);
        client.recordings(AppType.WB, sessionId);

        assertThat(api.asked())
                .extracting(asked -> asked.path() + " " + asked.header("X-app-type"))
                .containsExactly("/sessions/" + segment + "/cdr vc", "/sessions/" + segment + "/recordings wb");
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "..", "a\ud83d"})
    void anIdThatWouldLeadElsewhereIsNotAskedFor(String sessionId) {
        ApiException failure = failureOf(() -> client().callDetails(AppType.VC, sessionId));

        assertThat(failure).isInstanceOf(ApiException.Refused.class).hasMessageContaining("be written into a URL");
        assertThat(failure.attempts()).isZero();
        assertThat(api.asked()).isEmpty();
    }
}
