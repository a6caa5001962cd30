package dev.billingexport.testing;

import dev.billingexport.sample.SampleSession;
import java.util.List;
import java.util.SplittableRandom;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes a session that is hard to read but legal: numbers as strings, missing fields, unusual names. */
final class AwkwardSession {

    /** Keeps every digit. */
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(JsonNodeFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final String LONG_NAME = "Long " + "x".repeat(40_000);

    private static final List<String> NAMES = List.of(
            "=1+1",
            "+44 20 7946 0018",
            "-2+3",
            "@everyone",
            "\tTabbed",
            "\rReturned",
            "محمد الحسن",
            "王小明 🎧",
            "Quote \" comma , semicolon ;",
            "Two\r\nlines",
            "Beep\u0007 null\u0000",
            "Lone \ud83d",
            "_x0041_ & <b>",
            "ends\\",
            "");

    private AwkwardSession() {}

    static SampleSession of(SampleSession plain, SplittableRandom random) {
        ObjectNode document = (ObjectNode) MAPPER.readTree("{\"session\":" + plain.session() + ",\"cdr\":"
                + plain.callDetails() + ",\"recordings\":" + plain.recordings() + "}");
        if (random.nextBoolean()) {
            document.put("result", "1");
        }
        ObjectNode session = (ObjectNode) document.get("session");
        ArrayNode callDetails = (ArrayNode) document.get("cdr");
        twist(session, "user_name", "meeting_id", random);
        for (JsonNode callDetail : callDetails) {
            twist((ObjectNode) callDetail, "name", "agent", random);
        }
        for (JsonNode recording : document.get("recordings")) {
            numbersAsText((ObjectNode) recording, "play_time", "stage", "start_time", "end_time", "file_size");
        }
        int fate = random.nextInt(8);
        if (fate == 0) {
            callDetails.removeAll();
        } else if (fate == 1) {
            callDetails.add(callDetails.get(0).deepCopy());
        }
        return SampleSession.parse(MAPPER.writeValueAsString(document));
    }

    private static void twist(ObjectNode row, String name, String dispensable, SplittableRandom random) {
        row.put(name, random.nextInt(100) == 0 ? LONG_NAME : NAMES.get(random.nextInt(NAMES.size())));
        switch (random.nextInt(5)) {
            case 0 -> numbersAsText(row, "duration");
            case 1 -> row.putNull(dispensable);
            case 2 -> row.remove(dispensable);
            case 3 -> row.put(dispensable, random.nextInt(1_000_000));
            default -> row.putObject("not_documented").put("since", 2026);
        }
    }

    private static void numbersAsText(ObjectNode row, String... fields) {
        for (String field : fields) {
            row.put(field, row.get(field).asString());
        }
    }
}
