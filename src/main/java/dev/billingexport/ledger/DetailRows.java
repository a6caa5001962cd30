package dev.billingexport.ledger;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.billingexport.session.CallDetail;
import dev.billingexport.session.Recording;
import java.math.BigDecimal;
import java.util.List;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A session's call details and recordings as its row keeps them: JSON, an array each with the record's fields in their
 * order, times in milliseconds since 1970 and numbers as texts, with the digits that they came with. A new field goes last,
 * and what is stored lacks it.
 */
final class DetailRows {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(
                    DateTimeFeature.WRITE_DATE_TIMESTAMPS_AS_NANOSECONDS,
                    DateTimeFeature.READ_DATE_TIMESTAMPS_AS_NANOSECONDS)
            .withConfigOverride(BigDecimal.class, number -> number.setFormat(shape(JsonFormat.Shape.STRING)))
            .withConfigOverride(CallDetail.class, detail -> detail.setFormat(shape(JsonFormat.Shape.ARRAY)))
            .withConfigOverride(Recording.class, recording -> recording.setFormat(shape(JsonFormat.Shape.ARRAY)))
            .build();

    private static final ObjectReader CALL_DETAILS = JSON.readerForListOf(CallDetail.class);
    private static final ObjectReader RECORDINGS = JSON.readerForListOf(Recording.class);
    private static final String NONE = "[]";

    private DetailRows() {}

    private static JsonFormat.Value shape(JsonFormat.Shape shape) {
        return JsonFormat.Value.forShape(shape);
    }

    static String of(List<?> details) {
        return details.isEmpty() ? NONE : JSON.writeValueAsString(details);
    }

    static List<CallDetail> callDetails(String rows) {
        return rows.equals(NONE) ? List.of() : CALL_DETAILS.readValue(rows);
    }

    static List<Recording> recordings(String rows) {
        return rows.equals(NONE) ? List.of() : RECORDINGS.readValue(rows);
    }
}
