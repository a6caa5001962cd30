package dev.billingexport.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.net.PercentCodec;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The vendor's routes. Returns every answer, whatever its status, because {@link ResponseClassifier} alone judges
 * answers. Each call makes one request and throws {@link IOException} where no answer arrives.
 *
 * <p>Uses plain requests of HttpClient: a declared interface over Spring's RestClient took a quarter of the time of a
 * request.
 */
record ReportingApi(Transport transport) {

    Answer sessions(String authorization, String appType, Map<String, String> parameters) throws IOException {
        String query = parameters.entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + encode(parameter.getValue()))
                .collect(Collectors.joining("&"));
        return get("/sessions?" + query, authorization, appType);
    }

    /** @param page from 1; page 1 is requested without a page number, as the vendor documents it */
    Answer callDetails(String authorization, String appType, String sessionId, int page) throws IOException {
        return get("/sessions/" + encode(sessionId) + "/cdr" + query(page), authorization, appType);
    }

    /** @param page from 1; page 1 is requested without a page number, as the vendor documents it */
    Answer recordings(String authorization, String appType, String sessionId, int page) throws IOException {
        return get("/sessions/" + encode(sessionId) + "/recordings" + query(page), authorization, appType);
    }

    Answer login(Credentials.Login credentials) throws IOException {
        String body = JsonNodeFactory.instance
                .objectNode()
                .put("email", credentials.email())
                .put("password", credentials.password())
                .toString();
        HttpUriRequestBase request = transport.request(Method.POST, "/login");
        request.setHeader("X-Api-Id", credentials.apiId());
        request.setEntity(new StringEntity(body, ContentType.APPLICATION_JSON));
        return transport.answer(request);
    }

    private Answer get(String route, String authorization, String appType) throws IOException {
        HttpUriRequestBase request = transport.request(Method.GET, route);
        request.setHeader(HttpHeaders.AUTHORIZATION, authorization);
        request.setHeader("X-App-Type", appType);
        return transport.answer(request);
    }

    private static String query(int page) {
        return page == 1 ? "" : "?page=" + page;
    }

    private static String encode(String value) {
        return PercentCodec.encode(value, UTF_8);
    }
}
