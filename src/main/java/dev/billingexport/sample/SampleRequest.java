package dev.billingexport.sample;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.ProtocolException;
import org.jspecify.annotations.Nullable;

/**
 * A request for one of the API's routes.
 *
 * @param sessionId the session whose details are requested; null for a listing or a login
 * @param appType {@code X-App-Type} as it was sent, null where it is missing
 * @param query the decoded query parameters, the last one of each name
 */
public record SampleRequest(
        Route route, @Nullable String sessionId, @Nullable String appType, Map<String, String> query) {

    /**
     * Returns the request by its route, or null where there is no such route.
     *
     * @throws ProtocolException if the request's line holds no URI
     */
    static @Nullable SampleRequest of(ClassicHttpRequest asked) throws ProtocolException {
        URI uri = uri(asked);
        if (!uri.getRawPath().startsWith(SampleApi.ROOT + "/")) {
            return null;
        }
        List<String> path =
                List.of(uri.getRawPath().substring(SampleApi.ROOT.length() + 1).split("/", -1));
        boolean reads = asked.getMethod().equals("GET");
        Route route = null;
        String sessionId = null;
        if (path.equals(List.of("login")) && asked.getMethod().equals("POST")) {
            route = Route.LOGIN;
        } else if (path.equals(List.of("sessions")) && reads) {
            route = Route.SESSIONS;
        } else if (path.size() == 3 && path.get(0).equals("sessions") && reads) {
            sessionId = decode(path.get(1).replace("+", "%2B"));
            route = switch (path.get(2)) {
                case "cdr" -> Route.CDR;
                case "recordings" -> Route.RECORDINGS;
                default -> null;
            };
        }
        return route == null
                ? null
                : new SampleRequest(route, sessionId, header(asked, "X-App-Type"), query(uri.getRawQuery()));
    }

    /** Returns the value of a header, null where it is missing. */
    static @Nullable String header(ClassicHttpRequest asked, String name) {
        Header header = asked.getFirstHeader(name);
        return header == null ? null : header.getValue();
    }

    private static URI uri(ClassicHttpRequest asked) throws ProtocolException {
        try {
            return new URI(asked.getRequestUri());
        } catch (URISyntaxException e) {
            throw new ProtocolException("The request's line holds no URI.", e);
        }
    }

    private static Map<String, String> query(@Nullable String raw) {
        Map<String, String> query = new HashMap<>();
        if (raw != null) {
            for (String pair : raw.split("&", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    query.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
                }
            }
        }
        return query;
    }

    private static String decode(String raw) {
        return URLDecoder.decode(raw, StandardCharsets.UTF_8);
    }
}
