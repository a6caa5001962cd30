package dev.billingexport.report.xlsx;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CellTextTest {

    @ParameterizedTest
    @CsvSource({
        "plain, plain",
        "_x0041_, _x005F_x0041_",
        "_x0041_x0042_, _x005F_x0041_x005F_x0042_",
        "__x00e9_, __x005F_x00e9_",
        "_x004_, _x004_",
        "_xyz, _xyz"
    })
    void whatReadsAsACharacterIsEscaped(String text, String cell) {
        assertThat(CellText.of(text)).isEqualTo(cell);
    }

    @Test
    void whatXmlCantHoldIsReplaced() {
        assertThat(CellText.of("a\u0000b\u001Fc\uFFFEd\uFFFFe")).isEqualTo("a\uFFFDb\uFFFDc\uFFFDd\uFFFDe");
        assertThat(CellText.of("\uD83D \uDE00 \uD83D")).isEqualTo("\uFFFD \uFFFD \uFFFD");
        assertThat(CellText.of("\t\n\r\u007F \uD83D\uDE00")).isEqualTo("\t\n\r\u007F \uD83D\uDE00");
    }

    @Test
    void aTextThatFitsIsNotCut() {
        String text = "x".repeat(CellText.LIMIT);

        assertThat(CellText.of(text)).isEqualTo(text);
    }

    @Test
    void aTextThatIsTooLongIsCutWithAMark() {
        assertThat(CellText.of("x".repeat(CellText.LIMIT + 1)))
                .hasSize(CellText.LIMIT)
                .endsWith("x" + CellText.CUT);
    }

    @Test
    void aCutSparesPairsAndEscapes() {
        String pairs = "x".repeat(CellText.LIMIT - CellText.CUT.length() - 1) + "\uD83D\uDE00".repeat(10);
        String escapes = "x".repeat(CellText.LIMIT - CellText.CUT.length() - 3) + "_x0041_".repeat(10);

        assertThat(CellText.of(pairs)).hasSize(CellText.LIMIT - 1).endsWith("x" + CellText.CUT);
        assertThat(CellText.of(escapes)).hasSize(CellText.LIMIT - 3).endsWith("x" + CellText.CUT);
    }
}
