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
 * Requests one page of a listing. The API doesn't say whether its bounds are inclusive, so callers should request a
 * wider range and filter the rows.
 *
 * @param from earliest session date; rounded down to whole seconds, which is all the API knows; null for no bound
 * @param to latest session date; rounded up to whole seconds; null for no bound
 * @param term value to search for; null for all sessions
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

    /** Orders by session id, so that as few rows as possible move between pages when the set changes. */
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

    /** Returns the query for another page of the same listing. */
    SessionQuery page(int number) {
        return new SessionQuery(appType, from, to, term, number, pageLength);
    }

    /** Returns a query for all sessions of an application, one a page. */
    public static SessionQuery anyOf(AppType appType) {
        return new SessionQuery(appType, null, null, null, 1, 1);
    }

    /** Returns page, application and search term, for messages. */
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
