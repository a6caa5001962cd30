package dev.billingexport.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server or a proxy may quote a secret in whatever form it got it: none of them is shown. */
class RedactionTest {

    private static final String SECRET = "a&\"b <é/ß%41'😀";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a&\"b <é/ß%41'😀",
                "a&\\\"b <é\\/ß%41'😀",
                "a&\\\\\\\"b <é\\\\/ß%41'😀",
                "a\\u0026\\u0022b \\u003c\\u00e9\\/\\u00df%41'\\ud83d\\ude00",
                "a\\u0026\\u0022b \\u003C\\u00E9\\/\\u00DF%41'\\uD83D\\uDE00",
                "a%26%22b%20%3C%C3%A9%2F%C3%9F%2541%27%F0%9F%98%80",
                "a%26%22b+%3c%c3%a9%2f%c3%9f%2541%27%f0%9f%98%80",
                "a%2526%2522b%2520%253C%25C3%25A9%252F%25C3%259F%252541%2527%25F0%259F%2598%2580",
                "a&amp;&quot;b &lt;é/ß%41&#39;😀",
                "a&amp;&#34;b &LT;&#233;/&#xDF;%41&#x27;&#128512;",
                "a&amp;amp;&amp;quot;b &amp;lt;é/ß%41&apos;&#x1F600;"
            })
    void noFormOfASecretIsShown(String form) {
        Redaction redaction = new Redaction();
        redaction.hide(SECRET);

        assertThat(redaction.clean("before " + form + " after")).isEqualTo("before *** after");
    }

    @Test
    void twoSecretsInOneRunOfEscapesAreHiddenOnce() {
        Redaction redaction = new Redaction();
        redaction.hide("ab");

        assertThat(redaction.clean("x %61%62%61%62 y")).isEqualTo("x *** y");
    }

    @Test
    void whatIsNoSecretStaysAsItIs() {
        Redaction redaction = new Redaction();
        redaction.hide(SECRET);

        assertThat(redaction.clean("100%25 &amp; \\u0041 \\\\ %zz &#99999999; 50%"))
                .isEqualTo("100%25 &amp; \\u0041 \\\\ %zz &#99999999; 50%");
    }

    @Test
    void aSecretOfAnyLengthIsHidden() {
        Redaction redaction = new Redaction();
        redaction.hide("x".repeat(100_000));

        assertThat(redaction.clean("%78".repeat(100_000))).isEqualTo("***");
    }
}
