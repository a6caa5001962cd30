package dev.billingexport.api;

import static dev.billingexport.api.ScriptedApi.body;
import static dev.billingexport.api.ScriptedApi.json;
import static dev.billingexport.api.ScriptedApi.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.billingexport.session.AppType;
import dev.billingexport.session.CallDetail;
import dev.billingexport.session.Session;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways to say that there are no rows, those of a listing's end among them, and what is not one of them. */
class NoRowsTest extends ApiTest {

    private static final String HTML = "<html><h1>404 Not Found</h1>nginx</html>";
    private static final String PAGE = "{\"result\":1,\"sessions\":[{\"session_id\":\"s\"}]}";
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
            "Unable to find records for this period");

    static Stream<Arguments> endsOfListings() {
        return Stream.of(
                        NO_LIST.stream().map(list -> arguments(200, "{\"result\":1,\"sessions\":" + list + "}")),
                        WORDS.stream().map(words -> arguments(200, "{\"result\":0,\"msg\":\"" + words + "\"}")),
                        Stream.of(
                                arguments(200, "{\"result\":1}"),
                                arguments(200, "{\"result\":\"1\",\"search\":{\"page\":2},\"total\":7}"),
                                arguments(204, ""),
                                arguments(404, ""),
                                arguments(404, "{\"result\":\"404\",\"msg\":\"not found\",\"desc\":\"nothing here\"}"),
                                arguments(404, "{\"result\":0,\"msg\":\"whatever\"}"),
                                arguments(200, "{\"result\":404,\"msg\":\"whatever\"}"),
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
                "200 | {\"result\":true,\"sessions\":[]}",
                "200 | {\"result\":false,\"sessions\":[]}",
                "200 | {\"result\":true,\"msg\":\"No data\"}",
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
        ScriptedApi.Answer gone = body(404, "text/html", HTML);
        api.then(gone, ok(PAGE), gone).then(gone, ok(PAGE), ok(PAGE)).always(gone);
        ReportingClient client = client();

        assertThat(client.sessions(SECOND).isEmpty()).isTrue();
        assertThat(client.sessions(SECOND).isEmpty()).isFalse();
        assertThat(failureOf(() -> client.sessions(SECOND))).isInstanceOf(ApiException.Missing.class);
        assertThat(failureOf(() -> client.sessions(QUERY))).isInstanceOf(ApiException.Missing.class);
        assertThat(api.asked())
                .extracting(asked -> asked.query().replaceAll("&.*", ""))
                .containsExactly(
                        "page=2", "page=1", "page=2", "page=2", "page=1", "page=2", "page=2", "page=1", "page=1");
    }

    @Test
    void wordsWithoutEndAreNoWordForIt() {
        for (String words : List.of("no " + "data".repeat(300_000), "not " + "call ".repeat(300_000))) {
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
                "Unavailable | 200 | {\"result\":0,\"msg\":\"Not found\",\"desc\":\"The session is unknown\"}",
                "Refused | 200 | {\"result\":1201,\"msg\":\"invalid\"}",
                "Refused | 200 | {\"result\":1101,\"msg\":\"invalid page\"}",
                "Unavailable | 200 | ''",
                "Unavailable | 200 | {}",
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
