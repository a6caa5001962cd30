package dev.billingexport.sample;

import static dev.billingexport.testing.Caller.between;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.given;

import dev.billingexport.testing.Caller;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** That the sample is served as the vendor documents its API. */
class SampleApiTest {

    private static final String OCTOBER = between("2026-10-01 00:00:00", "2026-11-01 00:00:00");

    private SampleApi api;
    private Caller caller;

    @BeforeEach
    void start() {
        api = SampleApi.start(0);
        caller = Caller.of(api.baseUrl());
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void listsTenByDateAndRepeatsTheSearch() throws IOException {
        JsonNode answer = caller.json("/sessions");

        assertThat(answer.path("result").intValue()).isEqualTo(1);
        assertThat(answer.path("sessions")).hasSize(10);
        assertThat(answer.path("sessions").get(0).path("session_id").stringValue())
                .isEqualTo("vc-001");
        JsonNode search = answer.path("search");
        assertThat(search.path("page").intValue()).isEqualTo(1);
        assertThat(search.path("page_length").intValue()).isEqualTo(10);
        assertThat(search.propertyNames())
                .containsExactlyInAnyOrder(
                        "page", "page_length", "search_by", "stage", "search_string", "order_by", "order_qualify");
    }

    @Test
    void servesCallDetailsAndRecordingsWithTheirSession() throws IOException {
        JsonNode cdr = caller.json("/sessions/vc-007/cdr");
        JsonNode recordings = caller.json("/sessions/vc-007/recordings");

        assertThat(cdr.path("session").path("session_id").stringValue()).isEqualTo("vc-007");
        assertThat(cdr.path("cdr")).hasSize(4);
        assertThat(recordings.path("recordings")).hasSize(2);
        assertThat(recordings.path("recordings").get(1).path("play_time").stringValue())
                .isEqualTo("1620");
        assertThat(caller.json("/sessions/990010/cdr").path("cdr")).hasSize(2);
        assertThat(caller.json("/sessions/vc-006/cdr").path("result").stringValue())
                .isEqualTo("1");
    }

    @Test
    void theApplicationIsChosenByHeader() throws IOException {
        assertThat(caller.on("wb").page("page_length=100")).hasSize(11).allMatch(id -> id.startsWith("wb-"));
        assertThat(caller.on("wb").get("/sessions/vc-007/cdr").statusCode()).isEqualTo(404);
    }

    @Test
    void searchesEachOfTheFields() throws IOException {
        assertThat(caller.page("search_by=user_id&search_string=70031&page_length=100"))
                .containsExactly("vc-005", "vc-008", "vc-013", "vc-018", "vc-022", "vc-026", "vc-031");
        assertThat(caller.page("search_by=room_id&search_string=880012")).containsExactly("990010");
        assertThat(caller.page("search_by=session_id&search_string=vc-009")).containsExactly("vc-009");
        assertThat(caller.page("search_by=meeting_id&search_string=2010&" + OCTOBER))
                .containsExactly("990010");
        assertThat(caller.page("search_by=meeting_id&search_string=nobody")).isEmpty();
    }

    @Test
    void ordersByTheFieldsAskedFor() throws IOException {
        List<String> descending = caller.ids("order_by=session_id&order_qualify=desc&page_length=9");
        List<JsonNode> rooms = new ArrayList<>();
        caller.json("/sessions?order_by=room_id,user_id&page_length=100")
                .path("sessions")
                .forEach(rooms::add);

        assertThat(descending).hasSize(33).isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(rooms)
                .extracting(row -> row.path("room_id").asString() + " "
                        + row.path("user_id").asString())
                .isSorted();
    }

    @ParameterizedTest
    @CsvSource({
        "page=0,1101",
        "page=x,1101",
        "page_length=0,1102",
        "page_length=many,1102",
        "order_qualify=up,1105",
        "order_by=duration,1002",
        "search_by=user_id,1002",
        "search_by=name&search_string=x,1002",
        "from_session_date=2026-10-01,1002",
        "to_session_date=2026-02-30%2000:00:00,1002"
    })
    void refusesABadQuery(String query, String code) throws IOException {
        HttpResponse<String> answer = caller.get("/sessions?" + query);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Json.parse(answer.body()).path("result").stringValue()).isEqualTo(code);
        assertThat(Json.parse(answer.body()).propertyNames()).containsExactlyInAnyOrder("result", "msg", "desc");
    }

    @Test
    void refusesAMissingOrBadApplication() throws IOException {
        assertThat(code(caller.on(null).get("/sessions"))).isEqualTo("1401");
        assertThat(code(caller.on(" ").get("/sessions/vc-007/cdr"))).isEqualTo("1402");
        assertThat(code(caller.on("sms").get("/sessions/vc-007/recordings"))).isEqualTo("1403");
    }

    @Test
    void anUnknownSessionOrRouteIsNotFound() throws IOException {
        assertThat(caller.get("/sessions/nobody/cdr").statusCode()).isEqualTo(404);
        assertThat(code(caller.get("/sessions/nobody/recordings"))).isEqualTo("404");
        assertThat(caller.get("/sessions/vc-007/chat").statusCode()).isEqualTo(404);
        assertThat(caller.get("/rooms").statusCode()).isEqualTo(404);
    }

    @Test
    void aPortThatIsTakenIsNamed() {
        int port = api.baseUrl().getPort();

        assertThatThrownBy(() -> SampleApi.start(port))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("port " + port);
    }

    @Test
    void aSessionThatCantBePlacedIsRefused() {
        assertThatThrownBy(() -> SampleSession.parse("{\"session\": {\"session_id\": 7, \"app_type\": \"vc\"}}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Sample session 7 has no date.");
        assertThatThrownBy(() -> SampleSession.parse("{")).isInstanceOf(IllegalArgumentException.class);
    }

    private static String code(HttpResponse<String> answer) {
        return Json.parse(answer.body()).path("result").stringValue();
    }

    /** Whoever ends a connection first keeps its port for a minute; the thread that listens, for a moment. */
    @Test
    void itsPortCanBeHadAgain() throws IOException {
        caller.json("/sessions");
        int port = api.baseUrl().getPort();

        api.close();

        given().ignoreException(UncheckedIOException.class).untilAsserted(() -> {
            try (SampleApi again = SampleApi.start(port)) {
                assertThat(again.baseUrl().getPort()).isEqualTo(port);
            }
        });
    }
}
