package dev.billingexport.api;

import static dev.billingexport.testing.ScriptedApi.body;
import static dev.billingexport.testing.ScriptedApi.json;
import static dev.billingexport.testing.ScriptedApi.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.testing.ScriptedApi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** 401 and 403 that come from a firewall, which takes many requests for an attack. */
@Timeout(30)
class FirewallTest extends ApiTest {

    private static final ScriptedApi.Answer TOKEN = ok("{\"access_token\":\"t\"}");
    private static final ScriptedApi.Answer NEXT_TOKEN = ok("{\"access_token\":\"u\"}");
    private static final ScriptedApi.Answer HTML = body(403, "text/html", "<html>Request blocked</html>");
    private static final ScriptedApi.Answer EXPIRED = json(403, "{\"result\":403,\"msg\":\"the token has expired\"}");

    @ParameterizedTest
    @CsvSource({
        "403, text/html, <html><h1>Request blocked</h1></html>",
        "401, text/html, <html>Who are you?</html>",
        "403, text/plain, Forbidden",
        "403, application/json, Too many requests",
        "403, application/json, {\"result\":403",
        "401, text/plain, ''",
        "403, application/json, ''",
        "403, application/json, '{\"error\":\"rate limited\",\"cf\":1}'",
        "403, application/json, {\"message\":\"Forbidden\"}",
        "401, application/json, '{\"status\":401,\"error\":\"Unauthorized\"}'",
        "403, application/json, {\"result\":null}",
        "401, application/json, {}",
        "403, application/json, []",
        "403, application/json, '\"blocked\"'"
    })
    void whoWasAcceptedIsRefusedForBeingTooMany(int status, String type, String page) {
        ScriptedApi.Answer refusal = body(status, type, page);
        api.then(ok(EMPTY_PAGE), refusal, refusal, ok(EMPTY_PAGE)).always(refusal);
        ReportingClient client = client();

        client.sessions(QUERY);
        client.sessions(QUERY);
        assertThat(api.asked()).hasSize(4);

        ApiException failure = failureOf(() -> client.sessions(QUERY));
        assertThat(failure)
                .isInstanceOf(ApiException.Unavailable.class)
                .hasMessageContaining("failed 3 times, the last with HTTP " + status)
                .hasMessageEndingWith(", probably by a firewall or a proxy, not by the API: the API has accepted"
                        + " the same credentials before");
        assertThat(failure.code()).isEqualTo(Integer.toString(status));
        assertThat(api.asked()).hasSize(7);
    }

    @Test
    void whereItStaysSoForAllTheOutageSaysIt() {
        api.then(ok(EMPTY_PAGE)).always(HTML);
        ReportingClient client = client();
        client.sessions(QUERY);

        ApiException failure;
        do {
            failure = failureOf(() -> client.sessions(QUERY));
        } while (!(failure instanceof ApiException.Down));

        assertThat(failure).hasMessageContaining("HTTP 403, probably by a firewall or a proxy");
    }

    @ParameterizedTest
    @CsvSource({"401", "403"})
    void whoWasNotAcceptedYetIsRefused(int status) {
        api.always(body(status, "text/html", "<html>no</html>"));

        assertThat(failureOf(() -> client(BASIC, 3, 4, null).sessions(QUERY))).isInstanceOf(ApiException.Denied.class);
        assertThat(api.asked()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401 | {\"result\":401,\"msg\":\"The credentials are not valid\"}",
                "403 | {\"result\":\"403\"}",
                "403 | {\"status\":\"error\",\"message\":\"no\"}",
                "401 | {\"result\":false,\"error\":\"x\"}",
                "403 | {\"msg\":\"the token has expired\"}",
                "401 | {\"desc\":\"no\"}",
                "403 | {\"error_code\":\"1001\",\"message\":\"no\"}",
                "200 | {\"result\":401}",
                "200 | {\"result\":1001}"
            })
    void theApisOwnRefusalEndsItAtOnceWhateverWasBefore(int status, String body) {
        api.then(ok(EMPTY_PAGE)).always(json(status, body));
        ReportingClient client = client();
        client.sessions(QUERY);

        assertThat(failureOf(() -> client.sessions(QUERY))).isInstanceOf(ApiException.Denied.class);
        assertThat(api.asked()).hasSize(2);
    }

    @Test
    void aLoginShowsThatTheCredentialsAreAccepted() {
        api.then(TOKEN, HTML, HTML, ok(EMPTY_PAGE));

        client(LOGIN, 3, 4, null).sessions(QUERY);

        assertThat(api.count("/login")).isEqualTo(1);
        assertThat(api.asked()).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void aTokenThatMayHaveExpiredIsRenewedOnce(int status) {
        ScriptedApi.Answer no = body(status, "text/html", "<html>no</html>");
        api.then(TOKEN, ok(EMPTY_PAGE), no, NEXT_TOKEN, no, no, ok(EMPTY_PAGE));
        ReportingClient client = client(LOGIN, 3, 4, null);

        client.sessions(QUERY);
        client.sessions(QUERY);

        assertThat(api.count("/login")).isEqualTo(2);
        assertThat(api.asked()).hasSize(7);
    }

    @Test
    void aLoginIsTriedAgainWhereAnotherOneWorked() {
        api.then(TOKEN, ok(EMPTY_PAGE), EXPIRED, HTML, HTML, NEXT_TOKEN, ok(EMPTY_PAGE));
        ReportingClient client = client(LOGIN, 3, 4, null);

        client.sessions(QUERY);
        client.sessions(QUERY);

        assertThat(api.count("/login")).isEqualTo(4);
    }

    @Test
    void aFirstLoginIsNot() {
        api.always(HTML);

        assertThat(failureOf(() -> client(LOGIN, 3, 4, null).sessions(QUERY))).isInstanceOf(ApiException.Denied.class);
        assertThat(api.asked()).hasSize(1);
    }
}
