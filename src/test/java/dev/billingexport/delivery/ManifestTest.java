package dev.billingexport.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {

    @TempDir
    Path folder;

    private Manifest manifest;

    @BeforeEach
    void render() {
        manifest = Rendered.in(folder)
                .file("sessions.csv", "session_id\r\n1\r\n")
                .file("users.csv", "")
                .manifest();
    }

    @Test
    void isWrittenAsPromised() throws IOException {
        assertThat(json(manifest)).isEqualTo(golden());
    }

    @Test
    void readsBackEqual() {
        assertThat(ManifestJson.read(ManifestJson.write(manifest))).isEqualTo(manifest);

        Manifest.Source source = new Manifest.Source(
                URI.create("http://127.0.0.1:8080"),
                List.of("vc"),
                new Manifest.Filter("user_id", "a\"b\u2028ü", null));
        Manifest filtered = with(source, manifest.totals(), manifest.files());
        assertThat(ManifestJson.read(ManifestJson.write(filtered))).isEqualTo(filtered);
        assertThat(json(filtered)).contains("\"by\" : \"user_id\"");
    }

    @Test
    void whatIsAmendedIsThereFromTheSecondRevisionOn() {
        Manifest second = Rendered.in(folder).revision(2).manifest();
        String unknown =
                json(second).replaceFirst("(?s)(\"added\" : )1,.*?12.50\\s*}\\s*]", "$1null, \"removed\" : null");

        assertThat(json(manifest)).doesNotContain("amends");
        assertThat(json(second)).contains("""
                  "amends" : {
                    "revision" : 1,
                    "added" : 1,
                    "removed" : 0,
                    "changed" : 2,
                    "charges" : [
                      {
                        "currency" : "EUR",
                        "before" : 10.00,
                        "after" : 12.50
                      }
                    ]
                  },
                """);
        assertThat(ManifestJson.read(ManifestJson.write(second))).isEqualTo(second);
        assertThat(ManifestJson.read(unknown.getBytes(StandardCharsets.UTF_8)).amends())
                .isEqualTo(new Manifest.Amends(1, null, null, null, List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Manifest.Amends(1, 1L, null, 1L, List.of()));
    }

    @Test
    void figuresKeepEveryDigit() {
        BigDecimal precise = new BigDecimal("123456789012345678901234567890.1234567890");
        Manifest.Totals totals = new Manifest.Totals(
                Long.MAX_VALUE,
                precise,
                0,
                new BigDecimal("0E-9"),
                0,
                new BigDecimal("1.10"),
                new BigDecimal("9E+20"),
                0,
                List.of());
        Manifest exact = with(manifest.source(), totals, manifest.files());

        assertThat(json(exact))
                .contains(
                        "123456789012345678901234567890.1234567890",
                        " 0.000000000,",
                        " 1.10,",
                        " 900000000000000000000,");
        assertThat(ManifestJson.read(ManifestJson.write(exact)).totals()).isEqualTo(totals);
    }

    @Test
    void whatANewerToolAddedIsPassedOver() throws IOException {
        String newer = golden().replace("\"export\"", "\"signed_by\": {\"name\": 1}, \"export\"")
                .replace("\"by\"", "\"new\": [1], \"by\"")
                .replace("\"rows\"", "\"media_type\": \"text/csv\", \"rows\"");

        assertThat(ManifestJson.read(newer.getBytes(StandardCharsets.UTF_8))).isEqualTo(manifest);
    }

    @Test
    void ofALaterVersionNothingIsRead() {
        for (String json : List.of("{\"manifest_version\": 3}", "{\"new\": [[1]], \"manifest_version\": 99}")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ManifestJson.read(json.getBytes(StandardCharsets.UTF_8)))
                    .withMessageMatching(
                            "It is of version (3|99), and this billing-export reads versions 1 to 2\\. Use .*");
        }
    }

    @Test
    void versionOneHasTheColumnsThatAllItsDeliveriesHave() {
        Manifest first = ManifestJson.read(golden().replace("\"manifest_version\" : 2", "\"manifest_version\" : 1")
                .replaceAll("(?s),\\s*\"columns\" : \\[.*?]|\\s*\"table\" : \"\\w+\",", "")
                .replaceAll("(?s)\"collected\" : .*?\"previous\" : null,", "")
                .replaceAll("(?s),\\s*\"charges\" : \\[.*?]", "")
                .getBytes(StandardCharsets.UTF_8));

        assertThat(first.files())
                .filteredOn(file -> file.name().equals("users.csv"))
                .singleElement()
                .satisfies(file -> assertThat(file.columns())
                        .startsWith("user_id", "user_name")
                        .hasSize(10));
        assertThat(first.collected()).isNull();
        assertThat(first.settings()).isNull();
        assertThat(first.warnings()).isEmpty();
        assertThat(first.totals().charges()).isEmpty();
    }

    @Test
    void whatIsMissingIsNamed() throws IOException {
        for (String field :
                List.of("export", "label", "to", "time_zone", "base_url", "listing_sha256", "sha256", "version")) {
            String without = golden().replaceAll("\"" + field + "\" :", "\"other\" :");
            assertThat(without).isNotEqualTo(golden());
            assertThatIllegalArgumentException()
                    .as(field)
                    .isThrownBy(() -> ManifestJson.read(without.getBytes(StandardCharsets.UTF_8)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../sessions.csv",
                "/etc/passwd",
                "a/../../b",
                "a//b",
                "a/",
                ".hidden",
                "a/.b",
                "",
                "a\\b",
                "manifest.json",
                "manifest.json.sig",
                "sessions.csv"
            })
    void noFileLiesElsewhereOrTwice(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> with(List.of(manifest.files().get(0), new Manifest.File(name, null, 0, "", 0, null))));
    }

    private Manifest with(List<Manifest.File> files) {
        return with(manifest.source(), manifest.totals(), files);
    }

    private Manifest with(Manifest.Source source, Manifest.Totals totals, List<Manifest.File> files) {
        return new Manifest(
                Manifest.VERSION,
                manifest.export(),
                manifest.revision(),
                manifest.run(),
                manifest.period(),
                source,
                totals,
                manifest.listingSha256(),
                manifest.collected(),
                manifest.renderedFrom(),
                manifest.warnings(),
                manifest.settings(),
                manifest.previous(),
                manifest.amends(),
                files,
                manifest.tool(),
                manifest.deliveredAt());
    }

    private static String json(Manifest manifest) {
        return new String(ManifestJson.write(manifest), StandardCharsets.UTF_8);
    }

    private static String golden() {
        try (InputStream golden = ManifestTest.class.getResourceAsStream("manifest.json")) {
            return new String(golden.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
