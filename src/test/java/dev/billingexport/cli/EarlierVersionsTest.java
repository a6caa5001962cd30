package dev.billingexport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What earlier versions of this tool delivered stays right. {@code version-1} was written by version 0.1.0: the sample's
 * month, and a part of it with prices, masks, compressed files, a workbook for each user and a second revision.
 */
class EarlierVersionsTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "version-1/billing/2026-10",
        "version-1/acme/2026-10-01_2026-10-05",
        "version-1/acme/2026-10-01_2026-10-05/r1"
    })
    void whatWasDeliveredIsVerified(String place) {
        Terminal.Screen screen =
                new Terminal(folder).type("verify", delivered(place).toString());

        assertThat(screen.out()).last().isEqualTo("Verified: everything is as the manifest says.");
        assertThat(screen.exitCode()).isZero();
    }

    @Test
    void revisionsAreCompared() {
        Path period = delivered("version-1/acme/2026-10-01_2026-10-05");

        Terminal.Screen screen =
                new Terminal(folder).type("compare", period.resolve("r1").toString(), period.toString());

        assertThat(screen.out()).contains("Sessions added: 1, removed: 1, changed: 0.");
        assertThat(screen.exitCode()).isZero();
    }

    private static Path delivered(String place) {
        try {
            return Path.of(EarlierVersionsTest.class.getResource(place).toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
