package dev.billingexport.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A text with the escapes of JSON, URLs and HTML decoded, repeated escapes included. Knows for each decoded character
 * where it stands in the original.
 */
final class DecodedText {

    /** Possessive quantifiers where a run may be long: with others Java uses a stack frame for each repetition. */
    private static final Pattern ESCAPES = Pattern.compile(
            "(?<json>(?:\\\\+u[0-9a-f]{4})++)"
                    + "|\\\\+(?<quoted>[\"'\\\\/])"
                    + "|(?<url>(?:%(?:25(?=[0-9a-f]{2}))*+[0-9a-f]{2})++)"
                    + "|&(?:amp;)*(?:#0*(?<decimal>\\d{1,6})|#x0*(?<hex>[0-9a-f]{1,5})|(?<name>amp|lt|gt|quot|apos));",
            Pattern.CASE_INSENSITIVE);

    private static final Map<String, String> NAMES =
            Map.of("amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'");

    private final String original;
    private final StringBuilder plain = new StringBuilder();
    private final int[] starts;
    private final int[] ends;

    DecodedText(String original) {
        this.original = original;
        starts = new int[original.length()];
        ends = new int[original.length()];
        int place = 0;
        Matcher escapes = ESCAPES.matcher(original);
        while (escapes.find()) {
            copy(place, escapes.start());
            append(decoded(escapes), escapes.start(), escapes.end());
            place = escapes.end();
        }
        copy(place, original.length());
    }

    /** Returns the original with each occurrence of a text, in any escaped form, replaced. */
    String without(String text, String instead) {
        String secret = new DecodedText(text).plain.toString();
        StringBuilder result = new StringBuilder();
        int place = 0;
        for (int at = plain.indexOf(secret); at >= 0; at = plain.indexOf(secret, at + secret.length())) {
            // If one run of escapes holds the text twice, it is replaced once.
            if (starts[at] >= place) {
                result.append(original, place, starts[at]).append(instead);
            }
            place = Math.max(place, ends[at + secret.length() - 1]);
        }
        return result.append(original, place, original.length()).toString();
    }

    private void copy(int from, int to) {
        for (int i = from; i < to; i++) {
            append(original.substring(i, i + 1), i, i + 1);
        }
    }

    /** The decoded text is never longer than its escapes, so the arrays suffice. */
    private void append(String text, int start, int end) {
        Arrays.fill(starts, plain.length(), plain.length() + text.length(), start);
        Arrays.fill(ends, plain.length(), plain.length() + text.length(), end);
        plain.append(text);
    }

    private static String decoded(Matcher escape) {
        String json = escape.group("json");
        if (json != null) {
            return Arrays.stream(json.split("\\\\+[uU]"))
                    .filter(digits -> !digits.isEmpty())
                    .map(digits -> Character.toString(Integer.parseInt(digits, 16)))
                    .collect(Collectors.joining());
        }
        String url = escape.group("url");
        if (url != null) {
            return decodedBytes(url);
        }
        String name = escape.group("name");
        if (name != null) {
            return NAMES.getOrDefault(name.toLowerCase(Locale.ROOT), name);
        }
        String decimal = escape.group("decimal");
        String hex = escape.group("hex");
        if (decimal != null || hex != null) {
            return Character.toString(decimal != null ? Integer.parseInt(decimal) : Integer.parseInt(hex, 16));
        }
        return escape.group("quoted");
    }

    private static String decodedBytes(String url) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Arrays.stream(url.split("%(?:25(?=[0-9a-fA-F]{2}))*"))
                .filter(pair -> !pair.isEmpty())
                .forEach(pair -> bytes.write(Integer.parseInt(pair, 16)));
        return bytes.toString(UTF_8);
    }
}
