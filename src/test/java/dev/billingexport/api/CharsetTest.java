package dev.billingexport.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.session.AppType;
import dev.billingexport.session.CallDetail;
import dev.billingexport.testing.ScriptedApi;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Collections;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A body is read in the charset that its header names. */
class CharsetTest extends ApiTest {

    private static final String NAME = "Zoë Müller-Ångström";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json | UTF-8 | ''",
                "application/json | UTF-8 | \uFEFF",
                "application/json;charset=utf-8 | UTF-8 | \uFEFF",
                "application/json; charset=\"UTF-8\" | UTF-8 | ''",
                "application/json | UTF-16LE | \uFEFF",
                "application/json | UTF-16BE | ''",
                "application/json; charset=utf-16 | UTF-16BE | \uFEFF",
                "application/json; charset=UTF-16 | UTF-16LE | \uFEFF",
                "application/json; charset=UTF-16LE | UTF-16LE | ''",
                "application/json; charset=UTF-32 | UTF-32LE | \uFEFF",
                "application/json; charset=ISO-8859-1 | ISO-8859-1 | ''",
                "application/json;charset=iso-8859-1 | ISO-8859-1 | ''",
                "application/json; charset=latin1 | ISO-8859-1 | ''",
                "application/json; Charset=windows-1252 | windows-1252 | ''",
                "text/html; charset=windows-1252 | windows-1252 | ''",
                "application/json; charset=ISO-8859-15 | ISO-8859-15 | ''",
                // What a byte order mark says is surer than a header.
                "application/json; charset=ISO-8859-1 | UTF-8 | \uFEFF",
                "application/json; charset=US-ASCII | UTF-8 | ''",
                "application/json; charset=nonsense | UTF-8 | ''",
                "application/json; charset= | UTF-8 | ''",
                "nonsense | UTF-8 | ''"
            })
    void namesAreReadAsTheyWereWritten(String type, String charset, String mark) throws IOException {
        byte[] body = (mark + answer(NAME)).getBytes(Charset.forName(charset));
        api.then(bytes(type, body, null), bytes(type, zipped(body), "gzip"), chunked(type, body));
        ReportingClient client = client(BASIC, 1, 1, null);

        for (int i = 0; i < 3; i++) {
            assertThat(client.callDetails(AppType.VC, "s"))
                    .extracting(CallDetail::name)
                    .containsExactly(NAME);
        }
    }

    @Test
    void theWindowsOfTheEuro() throws IOException {
        byte[] body = answer("5 € – „ja“").getBytes(Charset.forName("windows-1252"));
        api.then(bytes("application/json; charset=windows-1252", body, null));

        assertThat(client().callDetails(AppType.VC, "s"))
                .extracting(CallDetail::name)
                .containsExactly("5 € – „ja“");
    }

    @Test
    void aLongAnswerIsReadInItsCharsetToo() throws IOException {
        String row = "{\"name\":\"" + NAME.repeat(50) + "\"}";
        String answer = "{\"result\":1,\"cdr\":[" + String.join(",", Collections.nCopies(2_000, row)) + "]}";
        byte[] body = answer.getBytes(Charset.forName("ISO-8859-1"));
        api.then(chunked("application/json; charset=ISO-8859-1", body));

        assertThat(client(BASIC, 1, 1, null, Transport.MAX_BODY_BYTES).callDetails(AppType.VC, "s"))
                .hasSize(2_000)
                .allMatch(detail -> NAME.repeat(50).equals(detail.name()));
    }

    /** Bytes that the charset doesn't have are no name: to replace them would bill somebody else. */
    @ParameterizedTest
    @ValueSource(strings = {"application/json; charset=Shift_JIS", "application/json"})
    void whatTheCharsetDoesNotHaveIsMalformed(String type) {
        byte[] body = answer("M\u00fcller").getBytes(Charset.forName("ISO-8859-1"));
        api.always(bytes(type, body, null));

        assertThat(failureOf(() -> client().callDetails(AppType.VC, "s"))).isInstanceOf(ApiException.Unavailable.class);
    }

    private static String answer(String name) {
        return "{\"result\":1,\"cdr\":[{\"name\":\"" + name + "\"}]}";
    }

    private static ScriptedApi.Answer bytes(String type, byte[] body, String coding) {
        return exchange -> {
            exchange.getResponseHeaders().set("Content-Type", type);
            if (coding != null) {
                exchange.getResponseHeaders().set("Content-Encoding", coding);
            }
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        };
    }

    private static ScriptedApi.Answer chunked(String type, byte[] body) {
        return exchange -> {
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(body);
        };
    }

    private static byte[] zipped(byte[] body) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(body);
        }
        return zipped.toByteArray();
    }
}
