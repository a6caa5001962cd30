package dev.billingexport.testing;

import dev.billingexport.sample.SampleAccount;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls a sample API as a client of the vendor's would. */
public record Caller(URI baseUrl, String authorization, String appType) {

    public static final HttpClient HTTP = HttpClient.newHttpClient();

    public static final String BASIC =
            "Basic " + Base64.getEncoder().encodeToString("sample:sample-key".getBytes(StandardCharsets.UTF_8));

    public static Caller of(URI baseUrl) {
        return new Caller(baseUrl, BASIC, "vc");
    }

    public Caller as(String authorization) {
        return new Caller(baseUrl, authorization, appType);
    }

    public Caller on(String appType) {
        return new Caller(baseUrl, authorization, appType);
    }

    public HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(baseUrl + path)).timeout(Duration.ofSeconds(20));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        if (appType != null) {
            request.header("X-App-Type", appType);
        }
        return request;
    }

    public HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public HttpResponse<String> get(String path) throws IOException {
        return send(request(path).build());
    }

    public JsonNode json(String path) throws IOException {
        return JsonMapper.shared().readTree(get(path).body());
    }

    public HttpResponse<String> login(String apiId, String body) throws IOException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(baseUrl + "/login")).header("X-Api-Id", apiId);
        return send(request.POST(HttpRequest.BodyPublishers.ofString(body)).build());
    }

    public HttpResponse<String> login() throws IOException {
        return login(
                SampleAccount.API_ID,
                "{\"email\":\"" + SampleAccount.EMAIL + "\",\"password\":\"" + SampleAccount.PASSWORD + "\"}");
    }

    /** The ids of every row of every page, up to the first empty page. */
    public List<String> ids(String query) throws IOException {
        List<String> ids = new ArrayList<>();
        for (int page = 1; ; page++) {
            List<String> rows = page(query + "&page=" + page);
            if (rows.isEmpty()) {
                return ids;
            }
            ids.addAll(rows);
        }
    }

    public List<String> page(String query) throws IOException {
        List<String> ids = new ArrayList<>();
        for (JsonNode session : json("/sessions?" + query).path("sessions")) {
            ids.add(session.path("session_id").asString());
        }
        return ids;
    }

    public static String between(String from, String to) {
        return "from_session_date=" + URLEncoder.encode(from, StandardCharsets.UTF_8) + "&to_session_date="
                + URLEncoder.encode(to, StandardCharsets.UTF_8);
    }
}
