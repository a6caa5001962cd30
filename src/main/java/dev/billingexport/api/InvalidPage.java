package dev.billingexport.api;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Recognizes messages that say that a page lies beyond the last one, such as "Invalid page number". Whole sentences
 * must match: "Invalid page length" means something else.
 */
final class InvalidPage {

    private static final String PAGE = "(?:requested )?page(?: (?:number|no|index))?";
    private static final String NUMBER = "(?: ?[:=(\"']? ?\\d{1,9}[)\"']?)?";

    private static final Pattern SENTENCE = Pattern.compile(
            "(?i)(?!.*\\b(?:length|size|limit)\\b)(?:(?:error|sorry|validation (?:failed|error)|bad request)[:,!]? )?(?:"
                    + "(?:an? )?(?:invalid|bad|wrong|unknown|no such|not a valid) (?:value (?:for|of) )?(?:parameter:? )?"
                    + PAGE + NUMBER
                    + "|(?:the )?(?:value of )?(?:parameter )?" + PAGE + NUMBER
                    + " (?:(?:is|was|are) )?(?:invalid|not valid|out of (?:range|bounds)|too (?:large|high|big|great)"
                    + "|not found|not available|(?:does not|doesn't) exist"
                    + "|(?:exceeds|exceeded|beyond|past|greater than|higher than|larger than) .{1,60})"
                    + ")");

    private static final Pattern NEUTRAL = Pattern.compile("(?i)error|failed|failure|bad request|not acceptable"
            + "|validation(?: has)?(?: failed| error)|(?:the )?request (?:is )?invalid|invalid (?:request|input)");

    private InvalidPage() {}

    /** Returns whether the messages say this and nothing else. */
    static boolean isSaidBy(List<String> words) {
        return NoRecords.areAll(SENTENCE, NEUTRAL, words);
    }
}
