package dev.billingexport.api;

import dev.billingexport.session.AppType;
import dev.billingexport.session.Filter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One page of a listing. The API doesn't say whether its ends are inclusive: ask wider and keep what fits.
 *
 * @param from earliest session date; the API knows whole seconds, so it is asked for the second that holds it; null to
 *     name none
 * @param to latest session date, asked for as the next whole second; null to name none
 * @param term what to search for; null for all sessions
 * @param page from 1
 * @param pageLength rows wanted; the server may send fewer on any page
 */
public record SessionQuery(
        AppType appType,
        @Nullable Instant from,
        @Nullable Instant to,
        Filter.@Nullable Term term,
        int page,
        int pageLength) {

    private static final DateTimeFormatter SESSION_DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    /** Ordered by session id, so that a changing set moves as few rows between pages as can be. */
    Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("page", Integer.toString(page));
        parameters.put("page_length", Integer.toString(pageLength));
        if (from != null) {
            parameters.put("from_session_date", SESSION_DATE.format(from));
        }
        if (to != null) {
            parameters.put("to_session_date", SESSION_DATE.format(nextSecond(to)));
        }
        if (term != null) {
            parameters.put("search_by", term.by().code());
            parameters.put("search_string", term.value());
        }
        parameters.put("order_by", "session_id");
        parameters.put("order_qualify", "asc");
        return parameters;
    }

    /** Another page of the same listing. */
    SessionQuery page(int number) {
        return new SessionQuery(appType, from, to, term, number, pageLength);
    }

    /** All sessions of an application, one a page. */
    static SessionQuery anyOf(AppType appType) {
        return new SessionQuery(appType, null, null, null, 1, 1);
    }

    /** For messages: page, application and what is asked for of it. */
    @Override
    public String toString() {
        return "page " + page + " of " + appType.code() + (from == null ? "" : " from " + from)
                + (to == null ? "" : " to " + to);
    }

    private static Instant nextSecond(Instant instant) {
        Instant second = instant.truncatedTo(ChronoUnit.SECONDS);
        return second.equals(instant) ? second : second.plusSeconds(1);
    }
}
