package dev.billingexport.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.delivery.Manifest;
import dev.billingexport.session.Filter;
import dev.billingexport.session.Split;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ids are typed by nobody knows whom, and name files. */
class SplitFileTest {

    @ParameterizedTest
    @CsvSource({
        "U-1001,by-user_id/U-1001.xlsx",
        "a_B9,by-user_id/a_B9.xlsx",
        "'',by-user_id/%none.xlsx",
        "%none,by-user_id/%25none.xlsx",
        ".,by-user_id/%2E.xlsx",
        "..,by-user_id/%2E%2E.xlsx",
        "../../etc/passwd,by-user_id/%2E%2E%2F%2E%2E%2Fetc%2Fpasswd.xlsx",
        "C:\\x,by-user_id/C%3A%5Cx.xlsx",
        "ada@example.com,by-user_id/ada%40example%2Ecom.xlsx",
        "' ',by-user_id/%20.xlsx",
        "é王,by-user_id/%C3%A9%E7%8E%8B.xlsx",
        "😀,by-user_id/%F0%9F%98%80.xlsx",
        "CON,by-user_id/%43ON.xlsx",
        "prn,by-user_id/%70rn.xlsx",
        "Aux,by-user_id/%41ux.xlsx",
        "nUL,by-user_id/%6EUL.xlsx",
        "COM0,by-user_id/%43OM0.xlsx",
        "lpt9,by-user_id/%6Cpt9.xlsx",
        "COM¹,by-user_id/COM%C2%B9.xlsx",
        "CONIN$,by-user_id/CONIN%24.xlsx",
        "con.txt,by-user_id/con%2Etxt.xlsx",
        "'CON ',by-user_id/CON%20.xlsx",
        "nul.,by-user_id/nul%2E.xlsx",
        "COM10,by-user_id/COM10.xlsx",
        "CONSOLE,by-user_id/CONSOLE.xlsx",
        "%43ON,by-user_id/%2543ON.xlsx"
    })
    void aValueNamesItsFile(String value, String name) {
        assertThat(SplitFile.name(new Split(Filter.Field.USER_ID, value))).isEqualTo(name);
    }

    @Test
    void noTwoValuesHaveOneName() {
        String longer = "x".repeat(40_000);
        List<String> values = List.of(
                "",
                "%",
                "%none",
                "none",
                "\0",
                "?",
                "%3F",
                "\uFFFD",
                "\uD83D",
                "\uDE00",
                "\uD83D\uDE00",
                "a\uD83D",
                "a\uDBFF",
                "a?",
                "a",
                "A",
                "CON",
                "con",
                "%43ON",
                "a ",
                " a",
                "x".repeat(200),
                "x".repeat(201),
                longer,
                longer + "y",
                longer + "\uD83D",
                longer + "\uFFFD",
                "é".repeat(33),
                "é".repeat(34),
                "é".repeat(35),
                "xé".repeat(99),
                "xxé".repeat(99));
        List<String> names = Stream.concat(
                        values.stream(),
                        // What a value becomes that is too long, taken for a value itself.
                        values.stream().map(SplitFileTest::name).map(name -> name.replaceAll(".*/|\\.xlsx", "")))
                .distinct()
                .map(SplitFileTest::name)
                .toList();

        assertThat(names).doesNotHaveDuplicates().allSatisfy(name -> {
            assertThat(name).hasSizeLessThan(230).startsWith("by-room_id/");
            assertThat(new Manifest.File(name, null, 0, "", 0, null).name()).isEqualTo(name);
        });
        assertThat(name(longer)).isEqualTo(name(longer)).matches("by-room_id/x{134}%-[0-9a-f]{64}\\.xlsx");
        assertThat(name("é".repeat(34))).matches("by-room_id/(%C3%A9){22}%-[0-9a-f]{64}\\.xlsx");
    }

    private static String name(String value) {
        return SplitFile.name(new Split(Filter.Field.ROOM_ID, value));
    }
}
