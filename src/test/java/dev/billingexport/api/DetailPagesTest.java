package dev.billingexport.api;

import static dev.billingexport.testing.ScriptedApi.body;
import static dev.billingexport.testing.ScriptedApi.json;
import static dev.billingexport.testing.ScriptedApi.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.session.AppType;
import dev.billingexport.session.CallDetail;
import dev.billingexport.testing.ScriptedApi;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Details that are paged without a word are read to their last page, and those that aren't are asked for once. */
@Timeout(30)
class DetailPagesTest extends ApiTest {

    private static final Pattern SESSION = Pattern.compile("/sessions/(\\d+)-[a-z]+/(cdr|recordings)");
    private static final Pattern PAGE = Pattern.compile("page=(\\d+)");

    /** What comes for a page, from 1, of so many rows. */
    private interface Paging extends BiFunction<Integer, Integer, ScriptedApi.Answer> {}

    @ParameterizedTest
    @CsvSource({
        // rows, requests
        "0, 1",
        "9, 1",
        "10, 2",
        "11, 3",
        "20, 3",
        "25, 4",
        "1000, 101"
    })
    void aListInPagesOfTenIsReadWhole(int rows, int requests) {
        serve((page, count) -> rows(page, count, 10));

        assertThat(ids(rows)).containsExactlyElementsOf(expected(rows));
        assertThat(api.asked()).hasSize(requests);
    }

    @ParameterizedTest
    @CsvSource({"50, 120, 4", "100, 250, 4", "50, 50, 2", "100, 200, 3"})
    void soAreThoseInPagesOfFiftyAndAHundred(int length, int rows, int requests) {
        serve((page, count) -> rows(page, count, length));

        assertThat(ids(rows)).containsExactlyElementsOf(expected(rows));
        assertThat(api.asked()).hasSize(requests);
    }

    @ParameterizedTest
    @CsvSource({"20", "25", "30"})
    void theEndMayBeTheLastPageOnceMore(int rows) {
        serve((page, count) -> rows(Math.min(page, (count + 9) / 10), count, 10));

        assertThat(ids(rows)).containsExactlyElementsOf(expected(rows));
        assertThat(ids(10)).containsExactlyElementsOf(expected(10));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "204 | ''",
                "404 | ''",
                "404 | {\"result\":404}",
                "200 | {\"result\":0,\"msg\":\"No record found\"}",
                "200 | {\"result\":1101,\"msg\":\"invalid page\"}",
                "200 | {\"result\":1,\"cdr\":{}}",
                "200 | {\"result\":1}",
                "200 | {\"result\":0,\"msg\":\"Invalid page\"}",
                "400 | {\"result\":400,\"msg\":\"Invalid page number\"}",
                "404 | <html>no way</html>",
                "200 | []",
                "200 | {}",
                "200 | ''",
                "400 | {\"result\":1002,\"msg\":\"unknown parameter page\"}",
                "406 | {\"result\":\"406\"}"
            })
    void theEndMayBeToldInEveryOtherWay(int status, String body) {
        serve((page, count) -> (page - 1) * 10 < count ? rows(page, count, 10) : json(status, body));

        assertThat(ids(20)).containsExactlyElementsOf(expected(20));
        assertThat(ids(10)).containsExactlyElementsOf(expected(10));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"500 | {\"result\":500}", "400 | <html>no way</html>", "200 | {\"result\":0,\"msg\":\"error\"}"})
    void whereAPageCannotBeHadTheSessionIsNotTakenForWhole(int status, String body) {
        serve((page, count) -> page == 1 ? rows(page, count, 10) : body(status, "text/html", body));

        assertThat(failureOf(() -> ids(10)))
                .hasMessageStartingWith("GET /sessions/{session_id}/cdr of session 10-a, page 2 after 10 rows");
    }

    @Test
    void aPageOfHtmlIsTheEndOnlyWhereThePageBeforeIsThereAndItIsGoneTwice() {
        ScriptedApi.Answer gone = body(404, "text/html", "<html>no way</html>");
        ScriptedApi.Answer ten = rows(1, 10, 10);
        api.then(ten, gone, ten, rows(2, 12, 10), rows(3, 12, 10)).then(ten, gone, gone);

        assertThat(ids(12)).containsExactlyElementsOf(expected(12));
        assertThat(failureOf(() -> ids(10))).isInstanceOf(ApiException.Missing.class);
    }

    @Test
    void whatIgnoresThePageIsAskedOnce() {
        serve((page, count) -> rows(1, count, count));

        assertThat(ids(10)).containsExactlyElementsOf(expected(10));
        assertThat(ids(50)).containsExactlyElementsOf(expected(50));
        assertThat(api.asked()).hasSize(4);
    }

    /** Connections that last grow from one answer to the next, in any order, and others join: no page is made of those. */
    @Test
    void whatIgnoresThePageWhileItsSessionGoesOnIsNotDoubled() {
        AnswerRows growing = new AnswerRows();
        serve((page, count) -> growing.next(count));

        assertThat(ids(10)).hasSize(10);
        assertThat(api.asked()).hasSize(2);
    }

    private static final class AnswerRows {
        private int answers;

        ScriptedApi.Answer next(int count) {
            answers++;
            return list(IntStream.range(0, count + answers - 1)
                    .map(number -> answers % 2 == 0 ? count + answers - 2 - number : number)
                    .mapToObj(number -> "{\"call_log_id\":\"" + number + "\",\"duration\":" + answers + "."
                            + answers + ",\"file\":\"https://x/" + answers + "/" + number + ".mp4?t=" + answers
                            + "\"}"));
        }
    }

    @Test
    void aLongerListShowsThatShorterOnesAreWhole() {
        serve((page, count) -> rows(1, count, count));
        ReportingClient client = client();

        assertThat(client.callDetails(AppType.VC, "11-a")).hasSize(11);
        assertThat(client.callDetails(AppType.VC, "10-a")).hasSize(10);
        assertThat(api.asked()).hasSize(2);
        assertThat(client.callDetails(AppType.VC, "50-a")).hasSize(50);
        assertThat(api.asked()).hasSize(4);
        // Not of another list, nor of another application's.
        assertThat(client.recordings(AppType.VC, "10-a")).hasSize(10);
        assertThat(client.callDetails(AppType.WB, "10-a")).hasSize(10);
        assertThat(api.asked()).hasSize(8);
    }

    @Test
    void recordingsAreReadToTheirEndToo() {
        serve((page, count) -> rows(page, count, 10));

        assertThat(client().recordings(AppType.VC, "25-a")).hasSize(25);
    }

    @Test
    void equalRowsOfOnePageAreKept() {
        IntFunction<ScriptedApi.Answer> pages = page -> list(IntStream.range(0, page == 3 ? 5 : page < 3 ? 10 : 0)
                .mapToObj(number -> "{\"call_num\":\"" + page + "\"}"));
        serve((page, count) -> pages.apply(page));

        assertThat(client().callDetails(AppType.VC, "25-a")).hasSize(25);
    }

    @Test
    void pagesWithoutEndAreDropped() {
        serve((page, count) -> rows(page, Integer.MAX_VALUE, 10));

        assertThat(failureOf(() -> ids(10)))
                .isInstanceOf(ApiException.Unavailable.class)
                .hasMessageContaining("more than 1000 pages");
    }

    private List<String> ids(int rows) {
        return client().callDetails(AppType.VC, rows + "-a").stream()
                .map(CallDetail::callLogId)
                .toList();
    }

    private static List<String> expected(int rows) {
        return IntStream.range(0, rows).mapToObj(Integer::toString).toList();
    }

    private void serve(Paging paging) {
        api.always(exchange -> {
            Matcher session = SESSION.matcher(exchange.getRequestURI().getPath());
            Matcher page = PAGE.matcher(String.valueOf(exchange.getRequestURI().getQuery()));
            assertThat(session.find()).isTrue();
            paging.apply(page.find() ? Integer.parseInt(page.group(1)) : 1, Integer.parseInt(session.group(1)))
                    .to(exchange);
        });
    }

    private static ScriptedApi.Answer rows(int page, int count, int length) {
        return list(IntStream.range((page - 1) * length, (int) Math.min(count, (long) page * length))
                .mapToObj(number -> "{\"call_log_id\":\"" + number + "\",\"file\":\"https://x/" + number + ".mp4\"}"));
    }

    private static ScriptedApi.Answer list(Stream<String> rows) {
        String list = rows.collect(Collectors.joining(",", "[", "]"));
        return ok("{\"result\":1,\"cdr\":" + list + ",\"recordings\":" + list + "}");
    }
}
