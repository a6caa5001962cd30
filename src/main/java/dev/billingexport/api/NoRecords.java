package dev.billingexport.api;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Recognizes messages that say that there are no rows, such as "No record found". Whole sentences must match: "No data
 * source" means something else. For the details of a listed session "Session not found" counts too. Thread-safe.
 */
final class NoRecords {

    static final NoRecords IN_LISTING = new NoRecords("records?|results?|sessions?|meetings?|pages?");
    static final NoRecords IN_DETAILS = new NoRecords("records?|results?");

    /** Sentences that may stand beside such a message and mean nothing. */
    private static final Pattern NEUTRAL =
            Pattern.compile("(?i)(?:an? )?(?:error|failed|failure|fail|false|success|ok|info|warning|sorry|none|\\d+)");

    /** Things whose absence is a fault rather than an empty list: parts of a system, or the session itself. */
    private static final String ANOTHER_THING =
            "(?:(?:data ?base|data ?source|db|server|service|host|connection|network|gateway|upstream|backend|proxy"
                    + "|route|end ?point|handler|controller|action|method|function|class|module|driver|plugin|table|column|schema|index"
                    + "|query|statement|socket|port|memory|space|disk|storage|volume|node|instance|cluster|replica|shard|worker"
                    + "|thread|process|slot|resource|capacity|quota|credit|balance|limit|license|licence|subscription|plan|package"
                    + "|permission|privilege|role|access|right|token|key|credential|password|certificate|header|parameter|argument"
                    + "|field|value|application|app|account|tenant|organi[sz]ation|customer|reseller|project|session|meeting|room"
                    + "|conference|url|path|response|answer|reply|reason|explanation|information|info|message|description|help"
                    + "|support|error|exception|fault|template|config(?:uration)?|setting|option|cache|queue|job|lock|transaction"
                    + "|region|zone|domain|cert|user account)s?|user|valid|healthy|suitable|proper|sufficient|enough|default|more)";

    private static final Pattern ENDS = Pattern.compile("^[\\s\"'*]+|[\\s\"'.!*]+$");
    private static final Pattern SPACES = Pattern.compile("[\\s_]+|(?<=[a-z])(?=[A-Z])");

    /** Longer messages say more than that, and matching them would be slow. */
    private static final int MAX_LENGTH = 300;

    private final Pattern sentence;

    private NoRecords(String nouns) {
        String things =
                "(?:(?:call|log|detail|details|user|participant|session|recording|conference|usage|cdr|search|data|recorded)[ -]?)*(?:"
                        + nouns
                        + "|recordings?|participants?|attendees?|data|rows?|entry|entries|items?|cdrs?|calls?|details?|logs?|files?)(?: ?\\(s\\))?";
        String ofWhat = "(?: (?:for|in|on|of|with|within|between|from|matching|to) .{1,200})?";
        String before = "(?:(?:sorry|error|info|warning)[:,!]? )?";
        String none = "(?:(?:there (?:is|are|was|were)|you have|(?:the|this) (?:session|meeting|call) (?:has|had)) )?"
                + "(?:no|zero|0|empty)(?: (?:more|such|matching|further))? " + things
                + "(?: (?:was|were|is|are|has been|have been|could be|to))?"
                + "(?: (?:found|available|exists?|existing|present|returned|display|show))?";
        String word = "(?!" + ANOTHER_THING + "\\b)\\p{L}[\\p{L}'-]{0,40}";
        String words = word + "(?: " + word + "){0,4}";
        String anyOf = "(?:(?:there (?:is|are|was|were)|(?:the|this) (?:session|meeting|call) (?:has|had)) no " + words
                + "|no " + words + " (?:(?:was|were|is|are|has been|have been|could be) )?"
                + "(?:found|available|exists?|existing|present|returned|recorded|logged))";
        String empty = "(?:(?:the|this|an) )?(?:(?:" + things + "|list|set|page) (?:(?:is|are|was|were) )?)?empty"
                + "(?: (?:list|set|page))?|none (?:found|available)|nothing (?:here|there|to show|to display)";
        String notFound = "(?:(?:the|any|requested|such) )*(?:" + things + " ?)?"
                + "(?:(?:was|were|is|are|does|do|did|could|can) ?)?(?:not|n't|nothing) (?:be )?(?:found|available|exist)";
        String unable =
                "(?:unable to|could not|couldn't|cannot|can't|did not|didn't) (?:find|locate) (?:any )?" + things;
        sentence = Pattern.compile(
                before + "(?:" + none + "|" + anyOf + "|" + empty + "|" + notFound + "|" + unable + ")" + ofWhat,
                Pattern.CASE_INSENSITIVE);
    }

    /** Returns whether the messages say that there are no rows and nothing else. */
    boolean areSaidBy(List<String> words) {
        return areAll(sentence, NEUTRAL, words);
    }

    /** Returns whether there is a sentence of this kind and every other sentence is of this kind or neutral. */
    static boolean areAll(Pattern kind, Pattern neutral, List<String> words) {
        if (words.stream().anyMatch(text -> text.length() > MAX_LENGTH)) {
            return false;
        }
        List<String> sentences = words.stream()
                .map(text -> SPACES.matcher(ENDS.matcher(text).replaceAll("")).replaceAll(" "))
                .filter(text -> !neutral.matcher(text).matches())
                .toList();
        return !sentences.isEmpty()
                && sentences.stream().allMatch(text -> kind.matcher(text).matches());
    }
}
