package dev.billingexport.sample;

import dev.billingexport.session.Filter;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The query of a listing, checked. */
record Query(int page, int pageLength, Selection selection, Map<String, String> parameters) {

    /** The part of a query that decides which rows are listed and in which order, whatever the page. */
    record Selection(
            @Nullable Instant from,
            @Nullable Instant to,
            Filter.@Nullable Field searchBy,
            @Nullable String searchString,
            List<Filter.Field> orderBy,
            boolean descending) {

        /** Returns whether a date lies between the two dates, which are inclusive; a missing date is no bound. */
        boolean covers(Instant date) {
            return (from == null || !date.isBefore(from)) && (to == null || !date.isAfter(to));
        }
    }

    private static final int REQUEST_INVALID = 1002;

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withResolverStyle(ResolverStyle.STRICT);

    static Query of(Map<String, String> parameters) throws Refusal {
        Filter.Field searchBy = null;
        String by = parameters.get("search_by");
        String searchString = parameters.get("search_string");
        if ((by == null) != (searchString == null)) {
            throw new Refusal(400, REQUEST_INVALID, "search_by and search_string are needed together");
        }
        if (by != null) {
            searchBy = field("search_by", by);
        }
        List<Filter.Field> orderBy = new ArrayList<>();
        String order = parameters.get("order_by");
        if (order != null) {
            for (String name : order.split(",", -1)) {
                orderBy.add(field("order_by", name.strip()));
            }
        }
        String qualify = parameters.getOrDefault("order_qualify", "asc");
        if (!qualify.equals("asc") && !qualify.equals("desc")) {
            throw new Refusal(400, 1105, "Invalid order_qualify");
        }
        return new Query(
                number(parameters, "page", 1, 1101),
                number(parameters, "page_length", 10, 1102),
                new Selection(
                        date(parameters, "from_session_date"),
                        date(parameters, "to_session_date"),
                        searchBy,
                        searchString,
                        orderBy,
                        qualify.equals("desc")),
                parameters);
    }

    /** Returns what the API repeats of a query in its answer. */
    Map<String, @Nullable Object> echo() {
        Map<String, @Nullable Object> echo = new LinkedHashMap<>();
        echo.put("page", page);
        echo.put("page_length", pageLength);
        for (String name : List.of("search_by", "stage", "search_string", "order_by", "order_qualify")) {
            echo.put(name, parameters.get(name));
        }
        return echo;
    }

    private static int number(Map<String, String> parameters, String name, int otherwise, int code) throws Refusal {
        String text = parameters.get(name);
        if (text == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= 1) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Refused below, like a number that is too small.
        }
        throw new Refusal(400, code, "Invalid " + name + ". Number. Range: 1+");
    }

    private static @Nullable Instant date(Map<String, String> parameters, String name) throws Refusal {
        String text = parameters.get(name);
        if (text == null) {
            return null;
        }
        try {
            return LocalDateTime.parse(text, DATE).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new Refusal(400, REQUEST_INVALID, "Invalid " + name + ". Format: YYYY-MM-DD HH:MM:SS");
        }
    }

    private static Filter.Field field(String parameter, String name) throws Refusal {
        for (Filter.Field field : Filter.Field.values()) {
            if (field.code().equals(name)) {
                return field;
            }
        }
        throw new Refusal(400, REQUEST_INVALID, "Invalid " + parameter);
    }
}
