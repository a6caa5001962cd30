package dev.billingexport.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billingexport.session.CallDetail;
import dev.billingexport.session.NumberOrText;
import dev.billingexport.session.Recording;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

class DetailRowsTest {

    @Test
    void whatIsStoredIsReadWithItsDigits() {
        assertThat(DetailRows.callDetails(
                        "[[\"1\",null,1790845200123,-1,\"1E+2\",\"U-1\",\"Łucja \\\"L\\\"\",null,\"::1\",\"x\"],[]]"))
                .containsExactly(
                        new CallDetail(
                                "1",
                                null,
                                Instant.ofEpochMilli(1790845200123L),
                                Instant.ofEpochMilli(-1),
                                new BigDecimal("1E+2"),
                                "U-1",
                                "Łucja \"L\"",
                                null,
                                "::1",
                                "x"),
                        new CallDetail(null, null, null, null, null, null, null, null, null, null));
    }

    @Test
    void fieldsThatCameLaterAreMissingAndFieldsOfALaterReleaseAreLeftOut() {
        assertThat(DetailRows.recordings("[[\"f\",\"61.50\"],[\"g\",null,null,null,null,\"7\",\"new\",8]]"))
                .containsExactly(
                        new Recording("f", new BigDecimal("61.50"), null, null, null, null),
                        new Recording("g", null, null, null, null, NumberOrText.of(new BigDecimal("7"))));
    }

    @Test
    void wordsInPlaceOfNumbersAreKeptApartFromThem() {
        List<Recording> recordings = Stream.of("", "'", "12 MB", "'7", "7", "1e999", "\ud83d\u0000")
                .map(text -> new Recording(
                        null, null, NumberOrText.of(text), null, null, NumberOrText.of(new BigDecimal("7.0"))))
                .toList();

        assertThat(DetailRows.recordings(DetailRows.ofRecordings(recordings))).isEqualTo(recordings);
    }

    /** To take them for fewer details would bill too little. */
    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "1", "[", "[[]", "[{}]", "[1]", "[[]]]", "[[]] []", "[[{}]]", "[[[]]]", "[[\"a"})
    void whatIsDamagedIsNeverReadAsFewerDetails(String rows) {
        assertThatThrownBy(() -> DetailRows.callDetails(rows)).isInstanceOf(JacksonException.class);
    }
}
