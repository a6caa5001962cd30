package dev.billingexport.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CredentialsTest {

    private static final String BASIC = "ENABLEX_APP_ID=id ENABLEX_APP_KEY=s3cret";
    private static final String LOGIN = "ENABLEX_API_ID=id ENABLEX_EMAIL=a@b.c ENABLEX_PASSWORD=s3cret";

    @Test
    void bothKindsAreRead() {
        assertThat(from(BASIC + " ENABLEX_EMAIL=")).isEqualTo(new Credentials.Basic("id", "s3cret"));
        assertThat(from(LOGIN)).isEqualTo(new Credentials.Login("id", "a@b.c", "s3cret"));
        assertThat(Credentials.from(Map.of("ENABLEX_APP_ID", " id", "ENABLEX_APP_KEY", "s3cret\n")::get))
                .isEqualTo(new Credentials.Basic("id", "s3cret"));
    }

    @ParameterizedTest
    @CsvSource({
        "'', 'No credentials: set ENABLEX_APP_ID + ENABLEX_APP_KEY, or ENABLEX_API_ID + ENABLEX_EMAIL + ENABLEX_PASSWORD, in the environment.'",
        "ENABLEX_APP_ID=s3cret, 'Incomplete credentials: with ENABLEX_APP_ID, set ENABLEX_APP_KEY in the environment too.'",
        "ENABLEX_EMAIL=s3cret, 'Incomplete credentials: with ENABLEX_EMAIL, set ENABLEX_API_ID + ENABLEX_PASSWORD in the environment too.'",
        BASIC + " ENABLEX_EMAIL=s3cret, "
                + "'Two kinds of credentials: unset either ENABLEX_APP_ID + ENABLEX_APP_KEY or ENABLEX_EMAIL in the environment.'",
        "ENABLEX_APP_ID=s3c:ret ENABLEX_APP_KEY=k, 'ENABLEX_APP_ID must not contain a colon: HTTP Basic can''t carry one.'",
        "ENABLEX_APP_ID=s3\u0007cret ENABLEX_APP_KEY=k, 'ENABLEX_APP_ID holds a control character: set it to one line of text.'"
    })
    void whatIsMissingOrTooMuchIsSaidByName(String environment, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> from(environment)).withMessage(message);
    }

    @Test
    void theAccountIsTheOwnersFingerprint() {
        Credentials basic = new Credentials.Basic("id", "key");
        Credentials login = new Credentials.Login("id", "a@b.c", "password");

        assertThat(basic.account())
                .matches("[0-9a-f]{16}")
                .isEqualTo(new Credentials.Basic("id", "new key").account())
                .isNotEqualTo(new Credentials.Basic("id2", "key").account())
                .isNotEqualTo(login.account());
        assertThat(login.account())
                .isEqualTo(new Credentials.Login("id", "a@b.c", "new").account())
                .isNotEqualTo(new Credentials.Login("id", "b@b.c", "password").account());
    }

    @Test
    void printingShowsNoSecret() {
        assertThat(new Credentials.Basic("the-id", "s3cret").toString()).doesNotContain("s3cret", "the-id");
        assertThat(new Credentials.Login("the-id", "a@b.c", "s3cret").toString())
                .doesNotContain("s3cret", "the-id", "a@b.c");
        assertThat(new Token("s3cret", null).toString()).doesNotContain("s3cret");
    }

    private static Credentials from(String environment) {
        Map<String, String> variables = new HashMap<>();
        for (String pair : environment.split(" ")) {
            String[] parts = pair.split("=", 2);
            variables.put(parts[0], parts.length == 1 ? "" : parts[1]);
        }
        return Credentials.from(variables::get);
    }
}
