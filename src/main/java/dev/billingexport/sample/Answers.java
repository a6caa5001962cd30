package dev.billingexport.sample;

import dev.billingexport.session.AppType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ProtocolException;
import org.jspecify.annotations.Nullable;

/** Answers requests as the vendor's documentation says. Thread-safe. */
class Answers {

    private static final String SUCCESS = "1";

    private final Access access;
    private final Function<AppType, Listing> listings;

    Answers(Access access, Function<AppType, Listing> listings) {
        this.access = access;
        this.listings = listings;
    }

    /**
     * Answers one request; an error of the API is an answer too.
     *
     * @throws ProtocolException if the request isn't valid HTTP
     */
    final Reply answer(ClassicHttpRequest asked) throws IOException, ProtocolException {
        try {
            SampleRequest request = SampleRequest.of(asked);
            if (request == null) {
                throw new Refusal(404, 404, "There is no such route");
            }
            return request.route() == Route.LOGIN ? login(asked) : report(request, asked);
        } catch (Refusal refusal) {
            return Reply.error(refusal.status(), refusal.code(), String.valueOf(refusal.getMessage()));
        }
    }

    /** Returns the rows of one page, empty past the end. */
    List<SampleSession> page(Listing listing, Query query) {
        return listing.page(query);
    }

    private Reply login(ClassicHttpRequest asked) throws IOException, Refusal {
        String body = asked.getEntity() == null
                ? ""
                : new String(asked.getEntity().getContent().readAllBytes(), StandardCharsets.UTF_8);
        String members = Json.write(access.login(SampleRequest.header(asked, "X-Api-Id"), body));
        return new Reply(200, "{\"result\":" + SUCCESS + "," + members.substring(1));
    }

    private Reply report(SampleRequest request, ClassicHttpRequest asked) throws Refusal {
        access.check(SampleRequest.header(asked, "Authorization"));
        Listing listing = listings.apply(appType(request.appType()));
        String sessionId = request.sessionId();
        if (sessionId == null) {
            return listing(Query.of(request.query()), listing);
        }
        SampleSession session = listing.find(sessionId);
        if (session == null) {
            throw new Refusal(404, 404, "The session is not found");
        }
        boolean cdr = request.route() == Route.CDR;
        return new Reply(
                200,
                "{\"result\":" + session.result() + ",\"session\":" + session.session() + ",\""
                        + (cdr ? "cdr" : "recordings") + "\":" + (cdr ? session.callDetails() : session.recordings())
                        + "}");
    }

    private Reply listing(Query query, Listing listing) {
        List<SampleSession> page = page(listing, query);
        StringBuilder body = new StringBuilder(512 + page.size() * 384);
        body.append("{\"result\":").append(SUCCESS);
        body.append(",\"search\":").append(Json.write(query.echo()));
        body.append(",\"sessions\":[");
        for (int i = 0; i < page.size(); i++) {
            body.append(i == 0 ? "" : ",").append(page.get(i).session());
        }
        return new Reply(200, body.append("]}").toString());
    }

    private static AppType appType(@Nullable String header) throws Refusal {
        if (header == null) {
            throw new Refusal(400, 1401, "The header X-App-Type is missing");
        }
        if (header.isBlank()) {
            throw new Refusal(400, 1402, "The header X-App-Type is empty");
        }
        return AppType.ofCode(header).orElseThrow(() -> new Refusal(400, 1403, "X-App-Type is not valid"));
    }
}
