package dev.billingexport.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billingexport.session.AppType;
import dev.billingexport.session.Filter;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class SourcePropertiesTest {

    @Test
    void nothingNeedsToBeSet() {
        assertThat(bind(Map.of()))
                .isEqualTo(new SourceProperties(
                        URI.create("https://api.enablex.io/ucaas/v1"),
                        List.of(AppType.VC, AppType.WB),
                        null,
                        SourceProperties.DateFilter.PARAMETERS,
                        100,
                        Duration.ofDays(1),
                        16,
                        null,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(30),
                        6,
                        Duration.ofHours(24),
                        null,
                        null));
    }

    @Test
    void everythingCanBeSet() {
        SourceProperties source = bind(Map.of(
                "base-url", "http://localhost:8080/ucaas/v1//",
                "app-types", "wb, wb",
                "filter.by", "user_id",
                "filter.value", "u-1",
                "page-length", "40",
                "window", "6h",
                "max-in-flight", "2",
                "max-per-second", "2.5",
                "read-timeout", "1m"));

        assertThat(source.baseUrl()).hasToString("http://localhost:8080/ucaas/v1");
        assertThat(source.appTypes()).containsExactly(AppType.WB);
        assertThat(source.wanted()).isEqualTo(new Filter(Filter.Field.USER_ID, List.of("u-1")));
        assertThat(source.pageLength()).isEqualTo(40);
        assertThat(source.window()).isEqualTo(Duration.ofHours(6));
        assertThat(source.maxInFlight()).isEqualTo(2);
        assertThat(source.maxPerSecond()).isEqualTo(2.5);
        assertThat(source.readTimeout()).isEqualTo(Duration.ofMinutes(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://LOCALHOST/x",
                "http://127.0.0.1:1",
                "http://127.8.9.10",
                "http://[::1]:80",
                "http://[0:0:0:0:0:0:0:1]",
                "HTTPS://example.com"
            })
    void plainHttpIsAllowedToLoopback(String url) {
        assertThat(bind(Map.of("base-url", url)).baseUrl()).isEqualTo(URI.create(url));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://api.enablex.io",
                "http://127.evil.com",
                "http://localhost.evil.com",
                "http://[::2]",
                "http://0.0.0.0",
                "http://10.0.0.1",
                "ftp://localhost"
            })
    void plainHttpIsRefusedElsewhere(String url) {
        refused("base-url", url)
                .withMessage("export.source.base-url must be https: plain http is allowed to loopback only.");
    }

    @ParameterizedTest
    @CsvSource({
        "base-url, https://user:s3cret@example.com",
        "base-url, https://s3cret@exa_mple.com",
        "base-url, example.com",
        "base-url, https:///s3cret",
        "base-url, https://example.com?key=s3cret",
        "base-url, https://example.com#s3cret",
        "base-url, https://example.com:99999",
        "base-url, https://example.com:0",
        "app-types, ''",
        "page-length, 0",
        "window, 59s",
        "window, 90500ms",
        "window, -1d",
        "max-in-flight, 0",
        "max-per-second, 0",
        "max-per-second, NaN",
        "max-per-second, 1e9",
        "connect-timeout, 0s",
        "read-timeout, 2h",
        "max-attempts, 0"
    })
    void aBadValueIsRefusedByItsName(String property, String value) {
        refused(property, value)
                .withMessageStartingWith("export.source." + property)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cret", "\n"));
    }

    @ParameterizedTest
    @CsvSource({"filter.by, room_id", "filter.value, x"})
    void halfAFilterIsRefused(String property, String value) {
        refused(property, value).withMessageStartingWith("export.source.filter needs 'by' and exactly one of");
    }

    @ParameterizedTest
    @CsvSource({"app-types, tv", "filter.by, name", "window, soon", "base-url, ':'"})
    void whatCantBeReadNamesItsProperty(String property, String value) {
        assertThatThrownBy(() -> bind(Map.of(property, value))).hasStackTraceContaining("export.source." + property);
    }

    private static ThrowableAssertAlternative<IllegalArgumentException> refused(String property, String value) {
        return assertThatIllegalArgumentException().isThrownBy(() -> {
            try {
                bind(Map.of(property, value));
            } catch (BindException e) {
                throw root(e);
            }
        });
    }

    private static Throwable root(Throwable e) {
        return e.getCause() == null ? e : root(e.getCause());
    }

    private static SourceProperties bind(Map<String, String> properties) {
        MapConfigurationPropertySource source = new MapConfigurationPropertySource();
        properties.forEach((name, value) -> source.put("export.source." + name, value));
        return new Binder(source).bindOrCreate("export.source", SourceProperties.class);
    }
}
