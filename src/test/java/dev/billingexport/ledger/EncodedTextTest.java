package dev.billingexport.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EncodedTextTest {

    private static final int ROUNDS = 20_000;

    /** Where something changes: the ends of what is encoded, of UTF-8's lengths and of the surrogates. */
    private static final String UNITS =
            "\u0000\u0001\u0002\u0003 Az\u007f\u0080\u00ff\u0100\u0101\u07ff\u0800\u0900\ud7ff"
                    + "\ud800\ud83d\udbff\udc00\udfff\ue000\ue001\ufffd\uffff";

    private final Random random = new Random(24);

    @Test
    void everyCodeUnitComesBack() {
        for (int unit = 0; unit <= Character.MAX_VALUE; unit++) {
            String text = "a" + (char) unit + "b";
            String encoded = EncodedText.encode(text);

            assertThat(EncodedText.decode(encoded)).isEqualTo(text);
            assertThat(encoded).doesNotContain("\u0000");
            assertThat(encoded.chars().noneMatch(c -> Character.isSurrogate((char) c)))
                    .isTrue();
        }
    }

    @Test
    void mostTextsStayAsTheyAre() {
        String text = "Ünï 日本 \t\r\n '\"\\ 42";

        assertThat(EncodedText.encode(text)).isSameAs(text);
        assertThat(EncodedText.decode(text)).isSameAs(text);
    }

    @Test
    void theOrderOfTheBytesIsThatOfJava() {
        for (int i = 0; i < ROUNDS; i++) {
            String one = text();
            String other = text();

            assertThat(Integer.signum(Arrays.compareUnsigned(bytes(one), bytes(other))))
                    .as("%s and %s", one, other)
                    .isEqualTo(Integer.signum(one.compareTo(other)));
            assertThat(EncodedText.decode(EncodedText.encode(one))).isEqualTo(one);
        }
    }

    private String text() {
        return random.ints(random.nextInt(4), 0, UNITS.length())
                .mapToObj(UNITS::charAt)
                .collect(StringBuilder::new, StringBuilder::append, StringBuilder::append)
                .toString();
    }

    private static byte[] bytes(String text) {
        return EncodedText.encode(text).getBytes(StandardCharsets.UTF_8);
    }
}
