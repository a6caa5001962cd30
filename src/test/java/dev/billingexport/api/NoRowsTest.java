package dev.billingexport.api;

import static dev.billingexport.testing.ScriptedApi.body;
import static dev.billingexport.testing.ScriptedApi.json;
import static dev.billingexport.testing.ScriptedApi.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.billingexport.session.AppType;
import dev.billingexport.session.CallDetail;
import dev.billingexport.session.Session;
import dev.billingexport.testing.ScriptedApi;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways to say that there are no rows, those of a listing's end among them, and what is not one of them. */
class NoRowsTest extends ApiTest {

    private static final String HTML = "<html><h1>404 Not Found</h1>nginx</html>";
    private static final String PAGE = "{\"result\":1,\"sessions\":[{\"session_id\":\"s\"}]}";
    private static final ScriptedApi.Answer GONE = body(404, "text/html", HTML);
    private static final SessionQuery SECOND = QUERY.page(2);

    /** In place of a list. */
    private static final List<String> NO_LIST = List.of("[]", "{}", "null", "\"\"", "\" \"", "false");

    private static final List<String> WORDS = List.of(
            "No record found",
            "no records found.",
            "No Records Found!",
            "No record(s) found",
            "NO_RECORD_FOUND",
            "No Data",
            "no data available",
            "No Data Found for the given date range",
            "There are no records",
            "There is no data to display",
            "0 records found",
            "Record not found",
            "Records are not available",
            "Data does not exist",
            "data doesn't exist",
            "Not Found",
            "not found.",
            "Nothing found",
            "NoRecordsFound",
            "Error: No records found",
            "Sorry, no data",
            "Empty result",
            "no more records",
            "No matching records were found",
            "Could not find any records",
            "Unable to find records for this period",
            "No call detail records available",
            "Call detail records not found",
            "No participants found",
            "There are no participants",
            "There were no participants in this session.",
            "This session had no participants",
            "No users have been recorded",
            "No billable items exist for the given period",
            "Participants not found",
            "Nothing to show",
            "None found",
            "EMPTY",
            "The list is empty",
            "Empty set");

    private static final List<String> INVALID_PAGES = List.of(
            "Invalid page",
            "invalid_page",
            "InvalidPage",
            "Invalid page number",
            "Invalid page number: 2",
            "Invalid value for parameter page",
            "The page is invalid",
            "Page 2 is out of range",
            "page out of range",
            "Page not found",
            "The requested page does not exist",
            "No such page",
            "Page number exceeds the number of pages",
            "Validation failed: invalid page");

    static Stream<Arguments> endsOfListings() {
        return Stream.of(
                        NO_LIST.stream().map(list -> arguments(200, "{\"result\":1,\"sessions\":" + list + "}")),
                        WORDS.stream().map(words -> arguments(200, "{\"result\":0,\"msg\":\"" + words + "\"}")),
                        INVALID_PAGES.stream().map(words -> arguments(200, "{\"result\":0,\"msg\":\"" + words + "\"}")),
                        INVALID_PAGES.stream()
                                .map(words -> arguments(400, "{\"result\":400,\"msg\":\"" + words + "\"}")),
                        Stream.of(
                                arguments(200, "{\"result\":1}"),
                                arguments(200, "{\"result\":\"1\",\"search\":{\"page\":2},\"total\":7}"),
                                arguments(204, ""),
                                arguments(404, ""),
                                arguments(404, "{\"result\":\"404\",\"msg\":\"not found\",\"desc\":\"nothing here\"}"),
                                arguments(404, "{\"result\":0,\"msg\":\"whatever\"}"),
                                arguments(200, "{\"result\":404,\"msg\":\"whatever\"}"),
                                arguments(200, "{\"result\":true,\"sessions\":[]}"),
                                arguments(200, "{\"result\":1.0,\"sessions\":[]}"),
                                arguments(200, "{\"result\":\"1.0\",\"sessions\":[]}"),
                                arguments(200, "{\"result\":\"true\",\"sessions\":false}"),
                                arguments(200, "{\"result\":true,\"msg\":\"No data\"}"),
                                arguments(200, "{\"result\":0.0,\"msg\":\"No data\"}"),
                                arguments(200, "{\"result\":404.0}"),
                                arguments(200, "{\"result\":406,\"msg\":\"page out of range\"}"),
                                arguments(
                                        406,
                                        "{\"result\":406,\"msg\":\"Validation failed\",\"desc\":\"Invalid page\"}"),
                                arguments(400, "{\"status\":\"error\",\"message\":\"Invalid page\"}"),
                                arguments(200, "{\"result\":1101,\"msg\":\"Invalid page\"}"),
                                arguments(200, "{\"result\":\"1101\"}"),
                                arguments(400, "{\"result\":\"1101\",\"msg\":\"Invalid page\"}"),
                                arguments(404, "{\"result\":1101}"),
                                arguments(200, "{\"result\":\"0\",\"msg\":\"error\",\"desc\":\"No sessions found\"}"),
                                arguments(200, "{\"result\":0,\"desc\":\"No such page\",\"sessions\":[]}"),
                                arguments(200, "{\"result\":1201,\"msg\":\"No data\"}"),
                                arguments(200, "{\"result\":false,\"msg\":\"No data\",\"sessions\":false}"),
                                arguments(200, "{\"status\":\"error\",\"error_code\":\"1101\",\"message\":\"x\"}"),
                                arguments(404, "{\"status\":\"error\",\"message\":\"x\",\"request_id\":\"r\"}"),
                                arguments(200, "{\"status\":\"error\",\"message\":\"No records found\"}"),
                                arguments(200, "{\"result\":0,\"error\":{\"message\":\"No records found\"}}")))
                .flatMap(each -> each);
    }

    @ParameterizedTest
    @MethodSource("endsOfListings")
    void aListingEndsOrIsEmpty(int status, String body) {
        api.always(json(status, body));
        ReportingClient client = client();

        assertThat(client.sessions(QUERY).isEmpty()).isTrue();
        assertThat(client.sessions(SECOND).isEmpty()).isTrue();
        assertThat(api.asked()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | ''",
                "200 | {}",
                "200 | []",
                "200 | null",
                "200 | {\"sessions\":[]}",
                "200 | {\"result\":false,\"sessions\":[]}",
                "200 | {\"result\":1.5,\"sessions\":[]}",
                "200 | {\"result\":\"yes\",\"sessions\":[]}",
                "200 | {\"result\":true,\"status\":\"error\",\"sessions\":[]}",
                "400 | {\"result\":400,\"msg\":\"Invalid page length\"}",
                "400 | {\"result\":400,\"msg\":\"Invalid page_length\"}",
                "400 | {\"result\":1102,\"msg\":\"Invalid page\"}",
                "400 | {\"result\":400,\"msg\":\"Invalid page or page length\"}",
                "200 | {\"result\":0,\"msg\":\"Invalid page\",\"desc\":\"the database is gone\"}",
                "200 | {\"result\":0,\"msg\":\"Page exceeds the page size\"}",
                "500 | {\"result\":0,\"msg\":\"Invalid page\"}",
                "200 | {\"result\":500,\"msg\":\"Invalid page\"}",
                "200 | {\"result\":0,\"msg\":\"No database server available\"}",
                "200 | {\"result\":0,\"msg\":\"No more connections available\"}",
                "200 | {\"result\":0,\"msg\":\"There is no connection to the database\"}",
                "200 | {\"result\":0,\"msg\":\"There are no workers\"}",
                "200 | {\"result\":0,\"msg\":\"No valid token found\"}",
                "200 | {\"result\":0,\"msg\":\"No healthy upstream available\"}",
                "200 | {\"result\":0,\"msg\":\"No participants found, for the lookup failed\"}",
                "200 | {\"result\":0,\"msg\":\"Lookup failed: no participants found\"}",
                "200 | {\"result\":0,\"msg\":\"no one two three four five six found\"}",
                "200 | {\"result\":0,\"msg\":\"none\"}",
                "200 | {\"result\":1,\"sessions\":[]} and more",
                "200 | {\"result\":1,\"sessions\":[",
                "200 | {\"result\":1,\"sessions\":true}",
                "200 | {\"result\":1,\"sessions\":0}",
                "200 | {\"result\":1,\"sessions\":\"none\"}",
                "200 | {\"result\":1,\"sessions\":[null]}",
                "200 | {\"result\":1,\"sessions\":[[]]}",
                "200 | {\"result\":1,\"sessions\":{\"0\":null}}",
                "200 | {\"result\":1,\"sessions\":{\"session_id\":\"s\"}}",
                "200 | {\"result\":1,\"data\":{\"sessions\":[{\"session_id\":\"s\"}]}}",
                "200 | {\"result\":1,\"Sessions\":[{\"session_id\":\"s\"}]}",
                "200 | {\"result\":0,\"sessions\":[]}",
                "200 | {\"result\":0,\"msg\":\"error\"}",
                "200 | {\"result\":0,\"msg\":\"No record found\",\"desc\":\"the database is gone\"}",
                "200 | {\"result\":0,\"msg\":\"No record found\",\"sessions\":[{\"session_id\":\"s\"}]}",
                "200 | {\"result\":0,\"msg\":\"No database connection\"}",
                "200 | {\"result\":0,\"msg\":\"no data source\"}",
                "200 | {\"result\":500,\"msg\":\"No record found\"}",
                "500 | {\"result\":0,\"msg\":\"No record found\"}",
                "503 | {\"result\":404,\"msg\":\"No record found\"}",
                "429 | {\"result\":0,\"msg\":\"No record found\"}",
                "401 | {\"result\":0,\"msg\":\"No record found\"}",
                "400 | {\"result\":1002,\"msg\":\"No record found\"}",
                "400 | {\"result\":1403,\"msg\":\"No record found\"}",
                "200 | {\"result\":1001,\"msg\":\"not found\"}",
                "404 | {\"message\":\"no Route matched with those values\"}",
                "404 | {\"timestamp\":1,\"status\":404,\"error\":\"Not Found\"}"
            })
    void whatIsNoWordForItIsNeverTakenForAnEmptyListing(int status, String body) {
        api.always(json(status, body));

        assertThat(failureOf(() -> client().sessions(QUERY))).isNotNull();
    }

    @Test
    void aPageOfHtmlIsNotTheEndOfAListingUnlessThePageBeforeIsThereAndItIsGoneTwice() {
        api.then(GONE, ok(PAGE), GONE).then(GONE, ok(PAGE), ok(PAGE)).always(GONE);
        ReportingClient client = client();

        assertThat(client.sessions(SECOND).isEmpty()).isTrue();
        assertThat(client.sessions(SECOND).isEmpty()).isFalse();
        assertThat(failureOf(() -> client.sessions(SECOND))).isInstanceOf(ApiException.Missing.class);
        assertThat(api.asked())
                .extracting(asked -> asked.query().replaceAll("&.*", ""))
                .containsExactly("page=2", "page=1", "page=2", "page=2", "page=1", "page=2", "page=2", "page=1");
    }

    @Test
    void aFirstPageOfHtmlThatSays404IsAnEmptyWindowWhereAListingWasAnsweredBefore() {
        api.then(ok(PAGE)).then(GONE, GONE).then(GONE, ok(PAGE));
        ReportingClient client = client();

        assertThat(client.sessions(QUERY).isEmpty()).isFalse();
        assertThat(client.sessions(QUERY).isEmpty()).isTrue();
        assertThat(client.sessions(QUERY).isEmpty()).isFalse();
        assertThat(api.asked()).hasSize(5);
    }

    /** The first listing of all may be one of an empty window: another one shows whether the URL is right. */
    @Test
    void whereNoListingWasAnsweredAnyOtherShowsTheWay() {
        api.then(GONE).then(GONE, ok(PAGE)).then(GONE);

        assertThat(client().sessions(QUERY).isEmpty()).isTrue();
        assertThat(api.asked())
                .extracting(asked ->
                        asked.header("X-app-type") + " " + asked.query().contains("from_session_date"))
                .containsExactly("vc true", "vc false", "wb false", "vc true");
    }

    @Test
    void whereNoListingIsAnsweredAtAllTheErrorNamesApplicationWindowAndPage() {
        api.always(GONE);

        assertThat(failureOf(() -> client().sessions(QUERY)))
                .isInstanceOf(ApiException.Missing.class)
                .hasMessage("GET /sessions (page 1 of vc from 2026-10-01T00:00:00Z to 2026-10-02T00:00:00Z): not found"
                        + " (HTTP 404)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "null", "\"\"", "false"})
    void anAnswerWithoutAnyContentIsAskedAgainAndThenTheEndOrNoRecordings(String body) {
        api.always(ok(body));
        ReportingClient client = client();

        assertThat(client.sessions(SECOND).isEmpty()).isTrue();
        assertThat(client.recordings(AppType.VC, "s")).isEmpty();
        assertThat(api.asked()).hasSize(6);
        assertThat(failureOf(() -> client.sessions(QUERY)))
                .isInstanceOf(ApiException.Unavailable.class)
                .hasMessageContaining("page 1 of vc from 2026-10-01T00:00:00Z");
        assertThat(failureOf(() -> client.callDetails(AppType.VC, "s"))).isInstanceOf(ApiException.Unavailable.class);
        assertThat(api.asked()).hasSize(12);

        // From now on the second in a row is enough.
        api.then(ok(body), ok(body)).then(ok(body)).always(ok(PAGE));
        assertThat(client.sessions(SECOND).isEmpty()).isTrue();
        assertThat(client.sessions(SECOND).isEmpty()).isFalse();
    }

    @Test
    void anAnswerWithoutContentAfterAnotherFailureIsNotTheEnd() {
        ScriptedApi.Answer failure = json(500, "");
        api.then(failure, failure, ok("[]"), failure, failure, ok(""));
        ReportingClient client = client();

        assertThat(failureOf(() -> client.sessions(SECOND))).isInstanceOf(ApiException.Unavailable.class);
        assertThat(failureOf(() -> client.recordings(AppType.VC, "s"))).isInstanceOf(ApiException.Unavailable.class);
    }

    @Test
    @Timeout(20)
    void wordsWithoutEndAreNoWordForIt() {
        for (String words : List.of(
                "no " + "data".repeat(300_000),
                "not " + "call ".repeat(300_000),
                "no " + "x".repeat(290),
                "there are no " + "call-".repeat(55))) {
            api.always(ok("{\"result\":0,\"msg\":\"" + words + "\"}"));

            assertThat(failureOf(() -> client(BASIC, 1, 1, null, 8 << 20).sessions(QUERY)))
                    .isInstanceOf(ApiException.Unavailable.class);
        }
    }

    static Stream<Arguments> noDetails() {
        return Stream.of("cdr", "recordings")
                .flatMap(list -> Stream.of(
                                NO_LIST.stream().map(none -> arguments(list, 200, none(list, none))),
                                WORDS.stream()
                                        .map(words -> arguments(list, 200, "{\"result\":0,\"msg\":\"" + words + "\"}")),
                                Stream.of(
                                        arguments(list, 200, "{\"result\":1}"),
                                        arguments(list, 200, "{\"result\":1,\"session\":{\"session_id\":\"s\"}}"),
                                        arguments(list, 204, ""),
                                        arguments(list, 200, "{\"result\":\"0\",\"desc\":\"No CDR found\"}"),
                                        arguments(list, 200, "{\"result\":0,\"message\":\"No call details\"}"),
                                        arguments(list, 200, "{\"result\":0,\"msg\":\"No recordings available\"}"),
                                        arguments(list, 200, "{\"result\":0,\"msg\":\"No recording found for s\"}"),
                                        arguments(list, 200, "{\"result\":1201,\"msg\":\"Recording not found\"}"),
                                        arguments(
                                                list,
                                                400,
                                                "{\"result\":\"1201\",\"msg\":\"This session has no recordings\"}"),
                                        arguments(
                                                list,
                                                200,
                                                "{\"status\":\"error\",\"error_code\":\"1201\",\"message\":\"no data\"}")))
                        .flatMap(each -> each));
    }

    private static String none(String list, String json) {
        return "{\"result\":1,\"session\":{\"session_id\":\"s\"},\"" + list + "\":" + json + "}";
    }

    @ParameterizedTest
    @MethodSource("noDetails")
    void aSessionHasNone(String list, int status, String body) {
        api.always(json(status, body));

        assertThat(details(list)).isEmpty();
        assertThat(api.asked()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Missing | 404 | ''",
                "Missing | 404 | {\"result\":404,\"msg\":\"No record found\"}",
                "Missing | 404 | {\"result\":0,\"msg\":\"No record found\"}",
                "Missing | 200 | {\"result\":\"404\",\"msg\":\"No record found\"}",
                "Unavailable | 500 | {\"result\":0,\"msg\":\"No record found\"}",
                "Unavailable | 200 | {\"result\":500,\"msg\":\"No record found\"}",
                "Unavailable | 200 | {\"result\":0,\"msg\":\"error\"}",
                "Unavailable | 200 | {\"result\":0,\"msg\":\"Session not found\"}",
                "Unavailable | 200 | {\"result\":0,\"msg\":\"No session found\"}",
                "Unavailable | 200 | {\"result\":0,\"msg\":\"No such session exists\"}",
                "Unavailable | 200 | {\"result\":0,\"msg\":\"There is no session with this id\"}",
                "Unavailable | 200 | {\"result\":0,\"msg\":\"No user found\"}",
                "Unavailable | 200 | {\"result\":0,\"msg\":\"Invalid page\"}",
                "Unavailable | 200 | {\"result\":0,\"msg\":\"Not found\",\"desc\":\"The session is unknown\"}",
                "Refused | 200 | {\"result\":1201,\"msg\":\"invalid\"}",
                "Refused | 200 | {\"result\":1101,\"msg\":\"invalid page\"}",
                "Unavailable | 200 | {\"result\":1,\"cdr\":\"none\",\"recordings\":\"none\"}",
                "Unavailable | 200 | {\"result\":1,\"cdr\":true,\"recordings\":0}",
                "Unavailable | 200 | {\"result\":1,\"rows\":[{}]}"
            })
    void whatIsNoWordForItIsNeverTakenForNone(String kind, int status, String body) {
        for (String list : List.of("cdr", "recordings")) {
            api.always(json(status, body));

            assertThat(failureOf(() -> details(list)).getClass().getSimpleName())
                    .isEqualTo(kind);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"0\":%s,\"1\":%s}", "{\"0\":%s,\"2\":%s}", "{\"17\":%s,\"03\":%s}"})
    void aListMayBeAnObjectWithDigitsForNames(String list) {
        api.then(
                ok("{\"result\":1,\"sessions\":" + list.formatted("{\"session_id\":\"a\"}", "{\"session_id\":\"b\"}")
                        + "}"),
                ok("{\"result\":1,\"cdr\":" + list.formatted("{\"duration\":1}", "{\"duration\":2}") + "}"),
                ok("{\"result\":1,\"recordings\":" + list.formatted("{\"file\":\"f\"}", "{\"file\":\"g\"}") + "}"));
        ReportingClient client = client();

        assertThat(client.sessions(QUERY).sessions())
                .extracting(Session::sessionId)
                .containsExactly("a", "b");
        assertThat(client.callDetails(AppType.VC, "s"))
                .extracting(CallDetail::duration)
                .extracting(Object::toString)
                .containsExactly("1", "2");
        assertThat(client.recordings(AppType.VC, "s")).hasSize(2);
    }

    private List<?> details(String list) {
        return list.equals("cdr") ? client().callDetails(AppType.VC, "s") : client().recordings(AppType.VC, "s");
    }
}
