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
    private static final Pattern NEUTRAL =
            Pattern.compile("(?i)(?:an? )?(?:error|failed|failure|fail|false|success|ok|info|warning|sorry|none|\\d+)");

    /** Of these it is never said that a session has none: without them nothing works, or it is the session itself. */
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

    /** Longer ones say more than that, and would take long to look at. */
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

    /** Whether that is what the words say, and nothing else. */
    boolean areSaidBy(List<String> words) {
        return areAll(sentence, NEUTRAL, words);
    }

    /** Whether each sentence, apart from neutral ones, is of that kind, and there is one. */
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
