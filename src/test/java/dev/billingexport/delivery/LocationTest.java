package dev.billingexport.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class LocationTest {

    @ParameterizedTest
    @CsvSource({
        "out, out",
        "out/billing, out/billing",
        "./out/../billing, billing",
        "/srv/x, /srv/x",
        "/srv/my files/50%, /srv/my files/50%",
        "a:b, a:b",
        "file:out, out",
        "file:out/billing/, out/billing",
        "file:/srv/x, /srv/x",
        "file:///srv/x, /srv/x",
        "FILE:///srv/x, /srv/x",
        "file:///srv/my%20files, /srv/my files",
        "file:my files, my files",
        "file:rechnung/für, rechnung/für",
        "' out ', out",
    })
    void aFolderCanBeTypedAsAPathOrAUri(String typed, String path) {
        assertThat(Path.of(Location.of(typed).uri()))
                .isEqualTo(Path.of(path).toAbsolutePath().normalize());
    }

    @ParameterizedTest
    @CsvSource({
        "s3://bucket, s3://bucket, bucket, ''",
        "s3://bucket/, s3://bucket, bucket, ''",
        "S3://a.bucket-1/billing/Oct_(1), s3://a.bucket-1/billing/Oct_(1), a.bucket-1, billing/Oct_(1)/",
        "' s3://bucket/a/b// ', s3://bucket/a/b, bucket, a/b/",
    })
    void aPrefixInABucketIsTypedAsAUri(String typed, String uri, String bucket, String keyPrefix) {
        Location location = Location.of(typed);

        assertThat(location.uri()).hasToString(uri);
        assertThat(location.isBucket()).isTrue();
        assertThat(location.bucket()).isEqualTo(bucket);
        assertThat(location.keyPrefix()).isEqualTo(keyPrefix);
        assertThat(new Location(location.uri())).isEqualTo(location);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3:bucket",
                "s3://",
                "s3://B",
                "s3://Bucket/x",
                "s3://bucket//x",
                "s3://bucket/../x",
                "s3://bucket/x/.",
                "s3://bucket/x?y",
                "s3://bucket/x y",
                "s3://user@bucket/x",
                "ftp://host/x",
                "https://host/x",
                "file://host/x",
                "file://out",
                "file:",
                "file://",
                "file://my files",
                "",
                " ",
                "a\0b"
            })
    void anythingElseIsRefusedAndWhatIsPossibleIsSaid(String typed) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Location.of(typed))
                .withMessageContainingAll("export.delivery.location", "'" + typed.strip() + "'", "out/billing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3://bucket/", "S3://bucket", "s3:bucket", "out", "file:out", "file://host/x"})
    void soIsAUriOfAnotherKind(String uri) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Location(URI.create(uri)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/srv/out",
                "/srv/out/",
                "file:///srv/out",
                "s3://bucket/deep/out",
                "s3://bucket/deep/out/",
                "s3://bucket"
            })
    void foldersLieBelow(String typed) {
        String below = typed.replaceAll("/+$", "").replaceFirst("^/", "file:///") + "/billing/2026-10/r1";

        assertThat(Location.of(typed).below("billing", "2026-10", "r1").uri()).hasToString(below);
    }

    @Test
    void isBoundFromAProperty() {
        assertThat(bound("/srv/my files").location()).isEqualTo(Location.of("/srv/my files"));
        assertThat(bound("file:///srv/x").location()).isEqualTo(Location.of("/srv/x"));
        assertThat(new Binder()
                        .bindOrCreate("export.delivery", DeliveryProperties.class)
                        .location())
                .isEqualTo(Location.of("out"));
    }

    @Test
    void aRefusalReachesWhoeverBinds() {
        assertThatExceptionOfType(BindException.class)
                .isThrownBy(() -> bound("ftp://host/x"))
                .havingRootCause()
                .isInstanceOf(IllegalArgumentException.class)
                .withMessageContaining("can't deliver to 'ftp://host/x'");
    }

    private static DeliveryProperties bound(String location) {
        return new Binder(new MapConfigurationPropertySource(Map.of("export.delivery.location", location)))
                .bind("export.delivery", DeliveryProperties.class)
                .get();
    }
}
