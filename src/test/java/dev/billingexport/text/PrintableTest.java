package dev.billingexport.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTest {

    @ParameterizedTest
    @ValueSource(
            ints = {
                0x00, 0x07, 0x08, 0x09, 0x0A, 0x0D, 0x1B, 0x7F, 0x80, 0x85, 0x9B, 0x9D, 0xAD, 0x034F, 0x061C, 0x115F,
                0x180E, 0x200B, 0x200D, 0x200E, 0x200F, 0x2028, 0x2029, 0x202A, 0x202E, 0x2060, 0x2066, 0x2069, 0x3164,
                0xD800, 0xDFFF, 0xE000, 0xFE0F, 0xFEFF, 0xFFA0, 0xFFFF, 0xE0001, 0xE0100
            })
    void whatATerminalWouldActOnIsEscaped(int character) {
        String shown = Printable.escaped("a" + Character.toString(character) + "b");

        assertThat(shown).matches("a\\\\([nrt]|u[0-9a-f]{4}(\\\\u[0-9a-f]{4})?)b");
    }

    @Test
    void everythingElseStaysAsItIs() {
        String text = "C:\\Users\\Zoë 'naïve' 東京 שלום 👍 $1 100 %";

        assertThat(Printable.escaped(text)).isEqualTo(text);
        assertThat(Printable.escaped("\u001b[2J\r\n")).isEqualTo("\\u001b[2J\\r\\n");
    }

    @Test
    void whatIsLongIsCutBetweenCharacters() {
        assertThat(Printable.escaped("👍👍👍", 2)).isEqualTo("👍👍…");
        assertThat(Printable.escaped("👍👍👍", 3)).isEqualTo("👍👍👍");
    }
}
