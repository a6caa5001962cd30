package dev.billingexport.ledger;

/**
 * Encodes any Java string, including U+0000 and unpaired surrogates, as a string that PostgreSQL can store. Each string
 * has exactly one encoding. The order of encodings by code point is that of the strings by UTF-16 code unit, so {@code
 * COLLATE "C"} sorts them as Java and H2 do. Texts without U+0000, U+0001, U+E000 and surrogates are their own
 * encoding.
 *
 * <p>Two characters encode one code unit: U+0000 and U+0001 begin with U+0001, which sorts before all others;
 * surrogates and U+E000 begin with U+E000, which sorts between U+D7FF and U+E001 as they do.
 */
final class EncodedText {

    private static final char LOW = '\u0001';
    private static final char HIGH = '\ue000';
    private static final char FIRST_HIGH = Character.MIN_SURROGATE;

    /**
     * Added to the second character, after {@link #LOW} or {@link #HIGH}, so that it is never a character that is
     * encoded itself.
     */
    private static final char OFFSET = '\u0100';

    private EncodedText() {}

    static String encode(String text) {
        int first = 0;
        while (first < text.length() && isPlain(text.charAt(first))) {
            first++;
        }
        if (first == text.length()) {
            return text;
        }
        StringBuilder encoded = new StringBuilder(text.length() + 16).append(text, 0, first);
        for (int i = first; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit <= LOW) {
                encoded.append(LOW).append((char) (OFFSET + unit));
            } else if (isPlain(unit)) {
                encoded.append(unit);
            } else {
                encoded.append(HIGH).append((char) (OFFSET + unit - FIRST_HIGH));
            }
        }
        return encoded.toString();
    }

    /** @param encoded a result of {@link #encode} */
    static String decode(String encoded) {
        if (encoded.indexOf(LOW) < 0 && encoded.indexOf(HIGH) < 0) {
            return encoded;
        }
        StringBuilder text = new StringBuilder(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            char unit = encoded.charAt(i);
            if (unit == LOW) {
                i++;
                text.append((char) (encoded.charAt(i) - OFFSET));
            } else if (unit == HIGH) {
                i++;
                text.append((char) (encoded.charAt(i) - OFFSET + FIRST_HIGH));
            } else {
                text.append(unit);
            }
        }
        return text.toString();
    }

    private static boolean isPlain(char unit) {
        return unit > LOW && (unit < FIRST_HIGH || unit > HIGH);
    }
}
