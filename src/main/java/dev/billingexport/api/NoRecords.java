package dev.billingexport.api;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The words in which an API says that there are no rows, such as "No record found". They have to be whole sentences: "No
 * data source" says something else. Of a session that was listed, "Session not found" does too. Thread-safe.
 */
final class NoRecords {

    static final NoRecords IN_LISTING = new NoRecords("records?|results?|sessions?|meetings?|pages?");
    static final NoRecords IN_DETAILS = new NoRecords("records?|results?");

    /** What accompanies such words without saying anything. */
    private static final Pattern NEUTRAL = Pattern.compile(
            "(?i)(?:an? )?(?:error|failed|failure|fail|false|success|ok|info|warning|sorry|empty|none|\\d+)");

    private static final Pattern ENDS = Pattern.compile("^[\\s\"'*]+|[\\s\"'.!*]+$");
    private static final Pattern SPACES = Pattern.compile("[\\s_]+|(?<=[a-z])(?=[A-Z])");

    /** Longer ones say more than that, and would take long to look at. */
    private static final int MAX_LENGTH = 300;

    private final Pattern sentence;

    private NoRecords(String nouns) {
        String things = "(?:(?:call|log|session|recording|conference|usage|cdr|search|data|recorded)[ -]?)*(?:" + nouns
                + "|recordings?|data|rows?|entry|entries|items?|cdrs?|calls?|details?|logs?|files?)(?: ?\\(s\\))?";
        String ofWhat = "(?: (?:for|in|on|of|with|within|between|from|matching|to) .{1,200})?";
        String before = "(?:(?:sorry|error|info|warning)[:,!]? )?";
        String none = "(?:(?:there (?:is|are|was|were)|you have|(?:the|this) (?:session|meeting|call) (?:has|had)) )?"
                + "(?:no|zero|0|empty)(?: (?:more|such|matching|further))? " + things
                + "(?: (?:was|were|is|are|has been|have been|could be|to))?"
                + "(?: (?:found|available|exists?|existing|present|returned|display|show))?";
        String notFound = "(?:(?:the|any|requested|such) )*(?:" + things + " ?)?"
                + "(?:(?:was|were|is|are|does|do|did|could|can) ?)?(?:not|n't|nothing) (?:be )?(?:found|available|exist)";
        String unable =
                "(?:unable to|could not|couldn't|cannot|can't|did not|didn't) (?:find|locate) (?:any )?" + things;
        sentence = Pattern.compile(
                before + "(?:" + none + "|" + notFound + "|" + unable + ")" + ofWhat, Pattern.CASE_INSENSITIVE);
    }

    /** Whether that is what the words say, and nothing else. */
    boolean areSaidBy(List<String> words) {
        if (words.stream().anyMatch(text -> text.length() > MAX_LENGTH)) {
            return false;
        }
        List<String> sentences = words.stream()
                .map(text -> SPACES.matcher(ENDS.matcher(text).replaceAll("")).replaceAll(" "))
                .filter(text -> !NEUTRAL.matcher(text).matches())
                .toList();
        return !sentences.isEmpty()
                && sentences.stream().allMatch(text -> sentence.matcher(text).matches());
    }
}
