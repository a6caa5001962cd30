package dev.billingexport.api;

import static dev.billingexport.testing.ScriptedApi.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.billingexport.session.AppType;
import dev.billingexport.session.CallDetail;
import dev.billingexport.session.Recording;
import dev.billingexport.session.Session;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the API sends and nobody reads is counted by its name. */
class UnreadFieldsTest extends ApiTest {

    @Test
    void fieldsAreCountedWhereverTheyAre() {
        api.then(
                ok("""
                        {"result":1,"search":{"page":1},"total":2,"sessions":[
                        {"session_id":"a","duration":1,"pstn_minutes":3,"tier":null},{"session_id":"b","pstn_minutes":0},
                        {"pstn_minutes":[]}]}"""),
                ok("""
                        {"result":1,"session":{"session_id":"a","cost":1},"cdr":[
                        {"call_log_id":"l","log_id":"l","name":"n","duration":2,"quality":"good","pstn_minutes":1}]}"""),
                ok("{\"result\":1,\"recordings\":{\"0\":{\"file\":\"f\",\"codec\":\"x\"}},\"transcripts\":[{}]}"));
        ReportingClient client = client();

        client.sessions(QUERY);
        client.callDetails(AppType.VC, "a");
        client.recordings(AppType.VC, "a");

        assertThat(client.unreadFields().drain())
                .containsOnly(
                        entry("answer of /sessions: total", 1L),
                        entry("session: pstn_minutes", 3L),
                        entry("session: tier", 1L),
                        entry("session: cost", 1L),
                        entry("call detail: quality", 1L),
                        entry("call detail: pstn_minutes", 1L),
                        entry("answer of /recordings: transcripts", 1L),
                        entry("recording: codec", 1L));
        assertThat(client.unreadFields().drain()).isEmpty();
    }

    @Test
    void whatIsKeptIsNotUnread() {
        api.then(
                ok("""
                        {"result":1,"search":{"page":1,"stage":""},"sessions":[{%s,"session_id":"s"}]}""".formatted(fields(Session.class))), ok("""
                        {"result":1,"session":{"session_id":"s"},"cdr":[{%s}]}""".formatted(fields(CallDetail.class))), ok("""
                        {"result":1,"session":{"session_id":"s"},"recordings":[{%s}]}""".formatted(
                                fields(Recording.class))));
        ReportingClient client = client();

        client.sessions(QUERY);
        client.callDetails(AppType.VC, "s");
        client.recordings(AppType.VC, "s");

        assertThat(client.unreadFields().drain()).isEmpty();
    }

    /** Returns the fields that a record keeps, without values. */
    private static String fields(Class<? extends Record> type) {
        return Stream.of(type.getRecordComponents())
                .map(component ->
                        component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT))
                .map(field -> "\"" + field + "\":null")
                .collect(Collectors.joining(","));
    }

    @Test
    void namesOfStrangersAreBoundedAndHarmless() {
        String many = IntStream.range(0, 1_000)
                .mapToObj(number -> "\"field" + number + "\":1")
                .collect(Collectors.joining(","));
        api.then(ok("{\"result\":1,\"cdr\":[{\"a\\u001b[2J\\n\":1,\"app-key-s3cret\":1,\"" + "x".repeat(10_000)
                + "\":1," + many + "}]}"));
        ReportingClient client = client();

        client.callDetails(AppType.VC, "s");

        Map<String, Long> unread = client.unreadFields().drain();
        assertThat(unread)
                .hasSize(101)
                .containsEntry("call detail: a\\u001b[2J", 1L)
                .containsEntry("call detail: ***", 1L)
                .containsEntry("others", 1_003L - 100);
        assertThat(unread.keySet()).allMatch(name -> name.matches("\\P{Cntrl}{1,100}"));
    }
}
