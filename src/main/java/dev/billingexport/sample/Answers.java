package dev.billingexport.sample;

import dev.billingexport.session.AppType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The right answers: what each route says when nothing goes wrong. Thread-safe. */
final class Answers {

    private final Catalogue catalogue;
    private final Access access;
    private final Counters counters;

    Answers(Catalogue catalogue, Access access, Counters counters) {
        this.catalogue = catalogue;
        this.access = access;
        this.counters = counters;
    }

    Reply login(@Nullable String apiId, String body, Behaviour behaviour) throws Refusal {
        Map<String, Object> answer = access.login(apiId, body, behaviour);
        counters.loggedIn();
        String members = Json.write(answer);
        return Reply.json(200, "{\"result\":" + result("1", behaviour) + "," + members.substring(1));
    }

    Reply report(SampleRequest request, @Nullable String authorization, Behaviour behaviour) throws Refusal {
        access.check(authorization);
        AppType appType = appType(request.appType());
        String sessionId = request.sessionId();
        return sessionId == null
                ? listing(Query.of(request.query()), appType, behaviour)
                : details(request.route(), sessionId, appType, behaviour);
    }

    private Reply listing(Query query, AppType appType, Behaviour behaviour) {
        List<SampleSession> page = catalogue.listing(appType).page(query, behaviour);
        StringBuilder body = new StringBuilder(512 + page.size() * 384);
        body.append("{\"result\":").append(result("1", behaviour));
        body.append(",\"search\":").append(Json.write(query.echo()));
        body.append(",\"sessions\":[");
        for (int i = 0; i < page.size(); i++) {
            body.append(i == 0 ? "" : ",").append(page.get(i).session());
        }
        counters.pageServed();
        return Reply.json(200, body.append("]}").toString());
    }

    private Reply details(Route route, String sessionId, AppType appType, Behaviour behaviour) throws Refusal {
        SampleSession session = catalogue.listing(appType).find(sessionId);
        if (session == null) {
            throw new Refusal(404, 404, "The session is not found");
        }
        String name = route == Route.CDR ? "cdr" : "recordings";
        return Reply.json(
                200,
                "{\"result\":" + result(session.result(), behaviour) + ",\"session\":" + session.session() + ",\""
                        + name + "\":" + (route == Route.CDR ? session.callDetails() : session.recordings()) + "}");
    }

    private static String result(String otherwise, Behaviour behaviour) {
        return behaviour.resultAsText() ? "\"1\"" : otherwise;
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
