package dev.billingexport.delivery;

import dev.billingexport.session.AppType;
import dev.billingexport.session.Period;
import dev.billingexport.session.Scope;
import dev.billingexport.session.Usage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Rendered files of October 2026 in a folder, and the manifest of them. */
record Rendered(Path folder, int revision, long run, Instant at, String version, List<Manifest.File> files) {

    static final String EXPORT = "monthly-billing";
    static final String PERIOD = "2026-10";

    static Rendered in(Path folder) {
        return new Rendered(folder, 1, 7, Instant.parse("2026-11-02T03:04:05.678Z"), "0.1.0", List.of());
    }

    static DeliveryProperties to(Path folder) {
        return to(folder.toString(), Map.of());
    }

    /** A location as a job file has it, with settings such as {@code path-style}. */
    static DeliveryProperties to(String location, Map<String, String> s3) {
        Map<String, String> properties = new HashMap<>(Map.of("export.delivery.location", location));
        s3.forEach((name, value) -> properties.put("export.delivery.s3." + name, value));
        return new Binder(new MapConfigurationPropertySource(properties))
                .bind("export.delivery", DeliveryProperties.class)
                .get();
    }

    Rendered file(String name, String content) {
        return file(name, content.getBytes(StandardCharsets.UTF_8));
    }

    Rendered file(String name, byte[] content) {
        List<Manifest.File> all = new ArrayList<>(files);
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.write(file, content);
            Checksum checksum = Checksum.of(file);
            all.add(new Manifest.File(
                    name,
                    name.endsWith(".csv") ? name.replace(".csv", "") : null,
                    checksum.bytes(),
                    checksum.sha256(),
                    all.size(),
                    name.endsWith(".csv") ? List.of("session_id") : null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Rendered(folder, revision, run, at, version, all);
    }

    Rendered revision(int number) {
        return new Rendered(folder, number, run, at, version, files);
    }

    Rendered run(long number) {
        return new Rendered(folder, revision, number, at, version, files);
    }

    /** The same a day later, by a newer version of the tool and through a proxy, the files in another order. */
    Rendered later() {
        List<Manifest.File> backwards = new ArrayList<>(files);
        Collections.reverse(backwards);
        return new Rendered(folder, revision, run, at.plusSeconds(86_400), "0.2.0", backwards);
    }

    Manifest manifest() {
        return manifest(EXPORT, YearMonth.of(2026, 10));
    }

    Manifest manifest(String export, YearMonth month) {
        return new Manifest(
                Manifest.VERSION,
                export,
                revision,
                run,
                Manifest.Period.of(Period.of(month, ZoneId.of("Europe/Berlin"))),
                Manifest.Source.of(new Scope(baseUrl(), "not for readers", List.of(AppType.VC, AppType.WB), null)),
                Manifest.Totals.of(
                        new Usage(
                                3,
                                new BigDecimal("12.50"),
                                5,
                                new BigDecimal("0.000000001"),
                                1,
                                new BigDecimal("61"),
                                new BigDecimal("1E+12")),
                        2,
                        List.of(new Manifest.Charge("EUR", new BigDecimal("12.50")))),
                "0f4c8d9e0b1a2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5",
                new Manifest.Collected(at.minusSeconds(60), at),
                null,
                List.of(),
                new TreeMap<>(Map.of("export.report.mask", "none")),
                null,
                revision == 1
                        ? null
                        : new Manifest.Amends(
                                revision - 1,
                                1L,
                                0L,
                                2L,
                                List.of(new Manifest.AmendedCharge(
                                        "EUR", new BigDecimal("10.00"), new BigDecimal("12.50")))),
                files,
                new Manifest.Tool("billing-export", version),
                at);
    }

    private URI baseUrl() {
        return URI.create(version.equals("0.1.0") ? "https://api.enablex.io/ucaas/v1" : "https://proxy.example.com/v1");
    }

    /** A manifest without the delivery that it follows, as it was before it was delivered. */
    static Manifest unchained(Manifest delivered) {
        return delivered.after(null);
    }

    URI deliverTo(Delivery delivery) {
        return delivery.deliver(folder, manifest());
    }
}
