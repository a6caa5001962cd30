package dev.billingexport.sample;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/** The small, hand-checked month in {@code samples/input}, which is packaged with the program. */
public final class RecordedSample {

    /** The sample's month, in UTC. A few sessions lie just outside. */
    public static final YearMonth MONTH = YearMonth.of(2026, 10);

    private RecordedSample() {}

    /** Returns all sessions of the sample, of both applications, including those just outside the month. */
    public static List<SampleSession> sessions() {
        List<SampleSession> sessions = new ArrayList<>();
        for (String file : List.of("sessions-vc.json", "sessions-wb.json")) {
            for (JsonNode document : Json.parse(text("/samples/" + file))) {
                sessions.add(RecordedSession.of(document));
            }
        }
        return sessions;
    }

    private static String text(String resource) {
        try (InputStream in =
                Objects.requireNonNull(RecordedSample.class.getResourceAsStream(resource), resource + " is missing")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
