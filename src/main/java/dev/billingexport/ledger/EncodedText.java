package dev.billingexport.ledger;

/**
 * Texts as PostgreSQL can hold them: any string of Java's, U+0000 and lone surrogates included, as a string without either.
 * Each string has one encoding, and encodings compare by their code points as the strings do by their UTF-16 code units,
 * so that {@code COLLATE "C"} sorts them as Java and H2 do. Texts without U+0000, U+0001, U+E000 and surrogates stay as
 * they are.
 *
 * <p>Two characters stand for one code unit: U+0000 and U+0001 begin with U+0001, which sorts before all others, and
 * surrogates and U+E000 with U+E000, which sorts between U+D7FF and U+E001 as they do.
 */
final class EncodedText {

    private static final char LOW = '\u0001';
    private static final char HIGH = '\ue000';
    private static final char FIRST_HIGH = Character.MIN_SURROGATE;

    /** What follows {@link #LOW} and {@link #HIGH}: an offset that keeps clear of what is encoded itself. */
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

    /** @param encoded what {@link #encode} gave */
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
