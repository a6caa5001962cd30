package dev.billingexport.api;

import static dev.billingexport.testing.ScriptedApi.chunked;
import static dev.billingexport.testing.ScriptedApi.json;
import static dev.billingexport.testing.ScriptedApi.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billingexport.session.AppType;
import dev.billingexport.session.CallDetail;
import dev.billingexport.session.NumberOrText;
import dev.billingexport.session.Recording;
import dev.billingexport.session.Session;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes back, and what is made of it. */
class AnswerTest extends ApiTest {

    @Test
    void aSessionIsReadFieldByField() {
        api.then(ok("""
                {"result":1,"search":{"page":1},"sessions":[{"session_id":"s-1","meeting_id":"m-1","room_id":"r-1",
                "user_id":"u-1","user_name":"Ada","trans_date":"2026-10-01 09:00:00","connect_dt":"2026-10-01 09:00:01.250",
                "disconnect_dt":"2026-10-01 10:00:00.999999","duration":12.50,"app_type":"wb","new_field":{"a":[1]}}]}"""));

        assertThat(client().sessions(QUERY).sessions())
                .containsExactly(new Session(
                        "s-1",
                        "m-1",
                        "r-1",
                        "u-1",
                        "Ada",
                        Instant.parse("2026-10-01T09:00:00Z"),
                        Instant.parse("2026-10-01T09:00:01.250Z"),
                        Instant.parse("2026-10-01T10:00:00.999Z"),
                        new BigDecimal("12.50"),
                        AppType.WB));
    }

    @Test
    void idsMayBeNumbersAndAnythingElseMayBeMissingOrNull() {
        api.then(json(201, """
                {"result":"1","sessions":[{"session_id":12345678901234567890123,"user_id":7,"meeting_id":null,
                "duration":"","trans_date":"","app_type":"xx"},{"session_id":"s"}]}"""));

        List<Session> sessions = client().sessions(QUERY).sessions();

        assertThat(sessions.get(0))
                .isEqualTo(new Session(
                        "12345678901234567890123", null, null, "7", null, null, null, null, null, AppType.VC));
        assertThat(sessions.get(1))
                .isEqualTo(new Session("s", null, null, null, null, null, null, null, null, AppType.VC));
    }

    @Test
    void callDetailsAreReadAndEqualOnesBothStay() {
        String row = """
                {"call_num":1,"log_id":"L1","connect_dt":"2026-10-01T09:00:00Z","disconnect_dt":"2026-10-01T11:00:00+02:00",
                "duration":"0.10","user_ref":"ref","name":"=1+1","role":"moderator","ip":"::1","agent":"x"}""";
        api.then(ok("{\"result\":1,\"session\":{\"session_id\":\"s\"},\"cdr\":[" + row + "," + row + "]}"));

        Instant nine = Instant.parse("2026-10-01T09:00:00Z");
        CallDetail expected =
                new CallDetail("1", "L1", nine, nine, new BigDecimal("0.10"), "ref", "=1+1", "moderator", "::1", "x");
        assertThat(client().callDetails(AppType.VC, "s")).containsExactly(expected, expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 3_000})
    void anAnswerIsReadToItsEndWhetherItSaysHowLongItIsOrNot(int count) {
        String row = "{\"call_num\":1,\"name\":\"" + "x".repeat(1_000) + "\"}";
        String body = "{\"result\":1,\"cdr\":[" + String.join(",", Collections.nCopies(count, row)) + "]}";
        api.then(ok(body), chunked(body));
        ReportingClient client = client(BASIC, 1, 1, null, Transport.MAX_BODY_BYTES);

        assertThat(client.callDetails(AppType.VC, "s")).hasSize(count);
        assertThat(client.callDetails(AppType.VC, "s")).hasSize(count);
    }

    @Test
    void theDocumentedNameOfTheCallLogIdWins() {
        api.then(ok("{\"result\":1,\"cdr\":[{\"log_id\":\"b\",\"call_log_id\":\"a\"}]}"));

        assertThat(client().callDetails(AppType.VC, "s"))
                .extracting(CallDetail::callLogId)
                .containsExactly("a");
    }

    @Test
    void recordingsAreReadWithUnixTimes() {
        api.then(ok("""
                {"result":1,"recordings":[{"file":"https://x/y.mp4?a=1","play_time":"61.5","stage":1,
                "start_time":1790845200,"end_time":"1790845261.5009","file_size":9007199254740993},
                {"start_time":1790845200123,"end_time":0}]}"""));

        assertThat(client().recordings(AppType.VC, "s"))
                .containsExactly(
                        new Recording(
                                "https://x/y.mp4?a=1",
                                new BigDecimal("61.5"),
                                NumberOrText.of(BigDecimal.ONE),
                                Instant.ofEpochSecond(1790845200),
                                Instant.ofEpochMilli(1790845261500L),
                                NumberOrText.of(new BigDecimal("9007199254740993"))),
                        new Recording(null, null, null, Instant.ofEpochMilli(1790845200123L), null, null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'\"final\"' | final",
                "'\"12 MB\"' | 12 MB",
                "'\" 12,5 MB \"' | ' 12,5 MB '",
                "'\"n/a\"' | n/a",
                "'\"-\"' | -",
                "'\"NaN\"' | NaN",
                "true | true",
                "false | false",
                "[7] | [7]",
                "{\"bytes\":7} | {\"bytes\":7}",
                "'\"1e999999\"' | 1e999999"
            })
    void whatNobodyBillsMayBeWords(String sent, String text) {
        api.then(ok("{\"result\":1,\"recordings\":[{\"play_time\":60,\"stage\":" + sent + ",\"file_size\":" + sent
                + "}]}"));

        assertThat(client().recordings(AppType.VC, "s"))
                .containsExactly(new Recording(
                        null, new BigDecimal("60"), NumberOrText.of(text), null, null, NumberOrText.of(text)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\"", "\"  \"", "[]", "{}"})
    void whatNobodyBillsMayBeNothing(String sent) {
        api.then(ok("{\"result\":1,\"recordings\":[{\"stage\":" + sent + ",\"file_size\":" + sent + "}]}"));

        assertThat(client().recordings(AppType.VC, "s"))
                .containsExactly(new Recording(null, null, null, null, null, null));
    }

    @Test
    void textIsKeptExactly() {
        String awkward = "  =SUM(A1) \\u0000\\t\\r\\n \\ud83d\\ude00 \\ud800 \\u202e" + "x".repeat(40_000) + " ";
        api.then(ok("{\"result\":1,\"cdr\":[{\"name\":\"" + awkward + "\",\"role\":\"\"}]}"));

        CallDetail detail = client().callDetails(AppType.VC, "s").get(0);

        assertThat(detail.name())
                .isEqualTo("  =SUM(A1) \u0000\t\r\n \ud83d\ude00 \ud800 \u202e" + "x".repeat(40_000) + " ");
        assertThat(detail.role()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "12.50, 12.50",
        "'\"12.50\"', 12.50",
        "'\" 7 \"', 7",
        "0.1, 0.1",
        "123456789012345678901234567890.123456789, 123456789012345678901234567890.123456789",
        "-3, -3",
        "0.000, 0.000"
    })
    void numbersKeepTheirDigits(String sent, String expected) {
        api.then(ok("{\"result\":1,\"cdr\":[{\"duration\":" + sent + "}]}"));

        assertThat(client().callDetails(AppType.VC, "s"))
                .extracting(CallDetail::duration)
                .containsExactly(new BigDecimal(expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e400",
                "\"1e400\"",
                "1e-400",
                "\"1e99999999999\"",
                "1e99999999999",
                "NaN",
                "\"NaN\"",
                "\"Infinity\"",
                "\"twelve\"",
                "\"1,5\"",
                "true",
                "[]",
                "{}"
            })
    void absurdNumbersAreMalformedAndNameTheFieldAndTheSession(String sent) {
        api.always(ok("{\"result\":1,\"cdr\":[{},{\"duration\":" + sent + "}]}"));

        ApiException failure = failureOf(() -> client().callDetails(AppType.VC, "s-77"));

        assertThat(failure)
                .isInstanceOf(ApiException.Unavailable.class)
                .hasMessageContaining("malformed")
                .hasMessageContaining("duration")
                .hasMessageContaining("s-77");
        assertThat(failure.attempts()).isEqualTo(3);
    }

    @Test
    void aRowOfAListingThatMakesNoSenseCostsTheOthersNothing() {
        String digits = "9".repeat(5000);
        api.always(ok("""
                {"result":1,"sessions":[{"session_id":"s-1","duration":2},
                {"session_id":"s-2","trans_date":"2026-10-01 09:00:00","duration":"%s"},
                {"session_id":"s-3","trans_date":"the \\u0007 app-key-s3cret day"},
                {"session_id":4,"user_name":"%s"},
                {"session_id":" ","trans_date":"2026-10-01 09:00:00"},{"user_id":"u"},
                {"session_id":{}},{"session_id":{}}]}""".formatted(digits, "x".repeat(1_000_001))));

        SessionPage page = client(BASIC, 1, 1, null, 8 << 20).sessions(QUERY);

        assertThat(page.sessions()).extracting(Session::sessionId).containsExactly("s-1");
        assertThat(page.flawed())
                .containsExactly(
                        new SessionPage.Flawed(
                                "s-2",
                                Instant.parse("2026-10-01T09:00:00Z"),
                                "GET /sessions: the answer is malformed: sessions[1].duration of session s-2 is"
                                        + " too large or too precise a number to be billed"),
                        new SessionPage.Flawed(
                                "s-3",
                                null,
                                "GET /sessions: the answer is malformed: sessions[2].trans_date of session s-3 is not"
                                        + " a date: the \\u0007 *** day"),
                        new SessionPage.Flawed(
                                "4",
                                null,
                                "GET /sessions: the answer is malformed: sessions[3].user_name of session 4 is longer"
                                        + " than 1000000 characters"),
                        new SessionPage.Flawed(
                                "unnamed-5eb08a69-1719-35fd-a480-a81fbccbfbda",
                                Instant.parse("2026-10-01T09:00:00Z"),
                                "GET /sessions: the answer is malformed: sessions[4] has no session_id"),
                        new SessionPage.Flawed(
                                "unnamed-9bd02117-3480-3fec-af68-bc65776a6fae",
                                null,
                                "GET /sessions: the answer is malformed: sessions[5] has no session_id"),
                        new SessionPage.Flawed(
                                "unnamed-65407b57-1317-3051-a636-f1ff1ff02b64",
                                null,
                                "GET /sessions: the answer is malformed: sessions[6].session_id is not text"),
                        new SessionPage.Flawed(
                                "unnamed-65407b57-1317-3051-a636-f1ff1ff02b64",
                                null,
                                "GET /sessions: the answer is malformed: sessions[7].session_id is not text"));
        assertThat(api.asked()).hasSize(1);
    }

    @Test
    void aPageOfNothingButNonsenseIsNotTheEnd() {
        api.always(ok("{\"result\":1,\"sessions\":[{\"session_id\":\"s\",\"duration\":[]}]}"));

        assertThat(client().sessions(QUERY).isEmpty()).isFalse();
    }

    @Test
    void theAnswerOfAnotherSessionIsMalformed() {
        String rows = ",\"cdr\":[{\"duration\":1}],\"recordings\":[]}";
        api.then(
                ok("{\"result\":1,\"session\":{\"session_id\":17}" + rows),
                ok("{\"result\":1,\"session\":null" + rows),
                ok("{\"result\":1,\"session\":{\"session_id\":\"18\"}" + rows));
        ReportingClient client = client(BASIC, 1, 1, null);

        assertThat(client.callDetails(AppType.VC, "17")).hasSize(1);
        assertThat(client.callDetails(AppType.VC, "17")).hasSize(1);
        assertThat(failureOf(() -> client.callDetails(AppType.VC, "17")))
                .isInstanceOf(ApiException.Unavailable.class)
                .hasMessageContaining("it belongs to session 18");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-10-01 09:00:00, 2026-10-01T09:00:00Z",
        "2026-10-01T09:00:00, 2026-10-01T09:00:00Z",
        "2026-10-01 09:00:00.1, 2026-10-01T09:00:00.100Z",
        "2026-10-01T09:00:00.123456789Z, 2026-10-01T09:00:00.123Z",
        "2026-10-01 09:00:00+05:30, 2026-10-01T03:30:00Z",
        "2026-10-01 09:00:00 -0800, 2026-10-01T17:00:00Z",
        "2026-10-01T09:00:00+02, 2026-10-01T07:00:00Z",
        "2026-10-01t09:00:00-00:00, 2026-10-01T09:00:00Z",
        "2026-10-01 09:00:00Z, 2026-10-01T09:00:00Z",
        "1790845200, 2026-10-01T09:00:00Z",
        "1790845200.9999, 2026-10-01T09:00:00.999Z",
        "1790845200123, 2026-10-01T09:00:00.123Z",
        "2026-09-30 23:59:59.9995, 2026-09-30T23:59:59.999Z",
        "1971-01-01 00:00:00, 1971-01-01T00:00:00Z",
        "9998-12-31 23:59:59, 9998-12-31T23:59:59Z"
    })
    void datesAreReadInEveryForm(String sent, Instant expected) {
        assertThat(VendorTime.parse(sent)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-",
                "--",
                "—",
                "N/A",
                "n/a",
                "NA",
                "none",
                "NULL",
                "false",
                "0000-00-00 00:00:00",
                "0000-00-00",
                "0000-00-00T00:00:00.000Z",
                "-0001-11-30T00:00:00+00:00",
                "0001-01-01",
                "0001-01-01 00:00:00",
                "0001-01-01T00:00:00Z",
                "0001-01-01T00:00:00.000+05:30",
                "0001-01-01 00:00:00 -0800",
                "01/01/0001 00:00:00",
                "1/1/0001 12:00:00 AM",
                "1000-01-01 00:00:00",
                "1601-01-01T00:00:00Z",
                "1899-12-30 00:00:00",
                "1900-01-01 00:00:00",
                "1970-01-01",
                "1970-01-01 00:00",
                "1970-01-01 00:00:00",
                "1970-01-01T00:00:00Z",
                "1970-01-01T00:00:00.000",
                "1970-01-01 00:00:00+05:30",
                "1970-01-01T05:30:00+05:30",
                "1970-01-01 01:00:00",
                "1969-12-31 16:00:00",
                "1969-12-31T16:00:00-08:00",
                "0",
                "0.0",
                "-0",
                "-1",
                "19800",
                "86400",
                "-62135596800",
                "-62135596800000",
                "9999-12-31 23:59:59",
                "9999-12-31T00:00:00+14:00"
            })
    void aMomentAtWhichNobodyMetStandsForNone(String sent) {
        assertThat(VendorTime.parse(sent)).isNull();
    }

    @Test
    void inEveryRowAMomentThatStandsForNoneIsNull() {
        api.then(ok("""
                        {"result":1,"sessions":[{"session_id":"s","trans_date":"2026-10-01 09:00:00",
                        "connect_dt":"2026-10-01 09:00:00","disconnect_dt":"0001-01-01T00:00:00"}]}"""), ok("""
                        {"result":1,"cdr":[{"connect_dt":"1970-01-01 00:00:00","disconnect_dt":0,"duration":-600.5}]}"""), ok("""
                        {"result":1,"recordings":[{"start_time":0,"end_time":"0","play_time":-5}]}"""));
        ReportingClient client = client();

        assertThat(client.sessions(QUERY).sessions()).singleElement().satisfies(session -> {
            assertThat(session.connectDt()).isEqualTo("2026-10-01T09:00:00Z");
            assertThat(session.disconnectDt()).isNull();
        });
        assertThat(client.callDetails(AppType.VC, "s")).singleElement().satisfies(detail -> {
            assertThat(detail.connectDt()).isNull();
            assertThat(detail.disconnectDt()).isNull();
            assertThat(detail.duration()).isEqualTo("-600.5");
        });
        assertThat(client.recordings(AppType.VC, "s")).singleElement().satisfies(recording -> {
            assertThat(recording.startTime()).isNull();
            assertThat(recording.endTime()).isNull();
            assertThat(recording.playTime()).isEqualTo("-5");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"false", "[]", "{}", "null", "\"\"", "\" - \"", "\"N/A\"", "\"none\"", "\"null\"", "\"false\""})
    void inEveryRowAWordForNoneIsNull(String none) {
        api.then(
                ok("{\"result\":1,\"sessions\":[{\"session_id\":\"s\",\"trans_date\":\"2026-10-01 09:00:00\","
                        + "\"disconnect_dt\":" + none + "}]}"),
                ok("{\"result\":1,\"cdr\":[{\"disconnect_dt\":" + none + "}]}"),
                ok("{\"result\":1,\"recordings\":[{\"end_time\":" + none + "}]}"));
        ReportingClient client = client();

        assertThat(client.sessions(QUERY).sessions())
                .singleElement()
                .extracting(Session::disconnectDt)
                .isNull();
        assertThat(client.callDetails(AppType.VC, "s")).hasSize(1);
        assertThat(client.recordings(AppType.VC, "s")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "[1]", "\"no idea\"", "\"-1-\""})
    void anyOtherWordForAMomentIsMalformed(String sent) {
        api.always(ok("{\"result\":1,\"cdr\":[{\"disconnect_dt\":" + sent + "}]}"));

        assertThat(failureOf(() -> client().callDetails(AppType.VC, "s"))).hasMessageContaining("disconnect_dt");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yesterday",
                "2026-02-30 00:00:00",
                "2026-10-01 25:00:00",
                "2026-12-31 23:59:60",
                "2026-10-01 09:00",
                "2026-10-01 09:00:00+19:00",
                "2026-10-01_09:00:00",
                "20261001",
                "20261001090000",
                "12026-10-01 00:00:00",
                "01/10/2026",
                "100000",
                "12.50",
                "19801"
            })
    void anUnreadableDateIsNone(String sent) {
        assertThatThrownBy(() -> VendorTime.parse(sent)).isInstanceOf(DateTimeException.class);
    }
}
