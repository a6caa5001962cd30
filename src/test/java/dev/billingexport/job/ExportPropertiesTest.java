package dev.billingexport.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.delivery.Location;
import dev.billingexport.report.Format;
import dev.billingexport.session.AppType;
import dev.billingexport.session.Filter;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.FileSystemResource;

/** Definitions of exports, bound and validated as the program does it. */
class ExportPropertiesTest {

    private static final Path JOBS = Path.of("jobs");

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withUserConfiguration(Properties.class);

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(ExportProperties.class)
    static class Properties {}

    @Test
    void theDefaultsAreThePromisedOnes() {
        ExportProperties properties = bind();

        assertThat(properties.name()).isEqualTo("billing");
        assertThat(properties.timeZone()).isEqualTo(ZoneId.of("UTC"));
        assertThat(properties.dataDir()).isEqualTo(Path.of("data"));
        assertThat(properties.source().baseUrl()).isEqualTo(URI.create("https://api.enablex.io/ucaas/v1"));
        assertThat(properties.source().appTypes()).containsExactly(AppType.VC, AppType.WB);
        assertThat(properties.source().wanted()).isNull();
        assertThat(properties.source().pageLength()).isEqualTo(100);
        assertThat(properties.source().window()).isEqualTo(Duration.ofDays(1));
        assertThat(properties.source().maxInFlight()).isEqualTo(16);
        assertThat(properties.source().maxPerSecond()).isNull();
        assertThat(properties.source().connectTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(properties.source().readTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(properties.source().maxAttempts()).isEqualTo(6);
        assertThat(properties.report().formats()).containsExactlyInAnyOrder(Format.XLSX, Format.CSV, Format.HTML);
        assertThat(properties.report().csv().formulaGuard()).isTrue();
        assertThat(properties.delivery().location().uri())
                .isEqualTo(Path.of("out").toAbsolutePath().toUri());
    }

    @Test
    void everyPropertyCanBeSet() {
        ExportProperties properties = bind(
                "export.name=acme_2",
                "export.time-zone=Europe/Berlin",
                "export.data-dir=/var/lib/billing",
                "export.source.base-url=http://127.0.0.1:8080/ucaas/v1",
                "export.source.app-types=wb",
                "export.source.filter.by=user_id",
                "export.source.filter.value=0042",
                "export.source.page-length=50",
                "export.source.window=6h",
                "export.source.max-in-flight=4",
                "export.source.max-per-second=2.5",
                "export.source.connect-timeout=10s",
                "export.source.read-timeout=1m",
                "export.source.max-attempts=3",
                "export.report.formats=csv",
                "export.report.csv.formula-guard=false",
                "export.report.csv.separator=tab",
                "export.report.csv.decimal=,",
                "export.report.csv.bom=true",
                "export.delivery.location=file:/srv/billing");

        assertThat(properties.name()).isEqualTo("acme_2");
        assertThat(properties.timeZone()).isEqualTo(ZoneId.of("Europe/Berlin"));
        assertThat(properties.dataDir()).isEqualTo(Path.of("/var/lib/billing"));
        assertThat(properties.source().appTypes()).containsExactly(AppType.WB);
        assertThat(properties.source().wanted()).isEqualTo(new Filter(Filter.Field.USER_ID, List.of("0042")));
        assertThat(properties.source().pageLength()).isEqualTo(50);
        assertThat(properties.source().window()).isEqualTo(Duration.ofHours(6));
        assertThat(properties.source().maxInFlight()).isEqualTo(4);
        assertThat(properties.source().maxPerSecond()).isEqualTo(2.5);
        assertThat(properties.source().connectTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(properties.source().readTimeout()).isEqualTo(Duration.ofMinutes(1));
        assertThat(properties.source().maxAttempts()).isEqualTo(3);
        assertThat(properties.report().formats()).containsExactly(Format.CSV);
        assertThat(properties.report().csv().formulaGuard()).isFalse();
        assertThat(properties.report().csv().separator()).isEqualTo("\t");
        assertThat(properties.report().csv().decimal()).isEqualTo(",");
        assertThat(properties.report().csv().bom()).isTrue();
        assertThat(Path.of(properties.delivery().location().uri())).isEqualTo(Path.of("/srv/billing"));
    }

    @ParameterizedTest
    @CsvSource({
        "export.rating.currency=EUR,                  export.rating.prices: there is a currency",
        "export.rating.prices.vc.recorded-minute=1,   export.rating.currency is missing",
        "export.rating.minimum=1,                     export.rating.currency is missing",
        "export.nmae=x,                               export.nmae",
        "export.source.page-lenght=50,                export.source.page-lenght",
        "export.report.csv.gard=true,                 export.report.csv.gard",
        "export.name=../etc,                          names a folder",
        "export.name=-x,                              names a folder",
        "export.time-zone=Mars/Olympus,               time-zone",
        "export.source.app-types=vx,                  app-types",
        "export.source.app-types=,                    app-types",
        "export.source.base-url=http://example.com,   https",
        "export.source.base-url=https://a:b@x.com/v1, password",
        "export.source.page-length=0,                 page-length",
        "export.source.window=10s,                    window",
        "export.source.max-in-flight=0,               max-in-flight",
        "export.source.max-per-second=0,              max-per-second",
        "export.source.read-timeout=0s,               read-timeout",
        "export.source.max-attempts=0,                max-attempts",
        "export.source.filter.by=user_id,             filter",
        "export.source.filter.value=x,                filter",
        "export.report.formats=pdf,                   formats",
        "export.report.formats=,                      formats",
        "export.report.csv.separator=;;,              export.report.csv.separator must be one character",
        "export.report.csv.separator=,                export.report.csv.separator must be one character",
        "export.report.csv.separator=e,               export.report.csv.separator must be one character",
        "export.report.csv.separator=-,               export.report.csv.separator must be one character",
        "export.report.csv.decimal=;,                 export.report.csv.decimal must be a point or a comma",
        "export.report.tolerance=-1s,                 export.report.tolerance must not be negative",
        "export.report.locale=,                       export.report.locale",
        "export.report.split-by=,                     export.report.split-by",
        "export.report.split-by=customer,             this needs export.rating.price-list",
        "export.rating.customers=c.csv,               export.rating.customers names plans",
        "export.rating.price-list=p.csv,              export.rating.currency is missing",
        "export.rating.currency=XAU,                  export.rating.currency",
        "export.rating.minimum=-1,                    export.rating.minimum must not be negative",
        "export.rating.round-up-to=,                  export.rating.round-up-to",
        "export.rating.prices.vc.recorded-minute=-1,  export.rating.prices.vc.recorded-minute must not be negative",
        "export.delivery.location=gopher://x,         location"
    })
    void whatCantBeRightIsRefusedByName(String setting, String named) {
        runner.withPropertyValues(setting).run(context -> {
            assertThat(context).hasFailed();
            assertThat(messages(context.getStartupFailure())).contains(named);
        });
    }

    @Test
    void aNameMayBeSixtyCharactersLong() {
        assertThat(bind("export.name=" + "x".repeat(60)).name()).hasSize(60);
        runner.withPropertyValues("export.name=" + "x".repeat(61))
                .run(context -> assertThat(context).hasFailed());
    }

    static List<Path> jobFiles() throws IOException {
        try (Stream<Path> files = Files.list(JOBS)) {
            return files.filter(file -> file.toString().endsWith(".yml"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("jobFiles")
    void everyShippedDefinitionIsValid(Path file) {
        ExportProperties properties = bind(file);

        assertThat(file).hasFileName(properties.name() + ".yml");
        assertThat(properties.delivery().location()).isEqualTo(Location.of("file:out"));
    }

    @Test
    void theShippedDefinitionsAreWhatTheirCommentsSay() throws IOException {
        assertThat(jobFiles()).hasSize(2);

        ExportProperties monthly = bind(JOBS.resolve("monthly-billing.yml"));
        assertThat(monthly.timeZone()).isEqualTo(ZoneId.of("UTC"));
        assertThat(monthly.source().wanted()).isNull();
        assertThat(monthly.report().formats()).containsExactlyInAnyOrder(Format.XLSX, Format.CSV, Format.HTML);

        ExportProperties statement = bind(JOBS.resolve("customer-statement.yml"));
        assertThat(statement.timeZone()).isEqualTo(ZoneId.of("Europe/Berlin"));
        assertThat(statement.source().wanted()).extracting(Filter::by).isEqualTo(Filter.Field.USER_ID);
        assertThat(statement.report().formats()).containsExactly(Format.CSV);
    }

    private ExportProperties bind(String... settings) {
        return bound(runner.withPropertyValues(settings));
    }

    private ExportProperties bind(Path file) {
        return bound(runner.withInitializer(context -> {
            try {
                for (PropertySource<?> document :
                        new YamlPropertySourceLoader().load(file.toString(), new FileSystemResource(file))) {
                    context.getEnvironment().getPropertySources().addFirst(document);
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }));
    }

    private static ExportProperties bound(ApplicationContextRunner runner) {
        ExportProperties[] properties = new ExportProperties[1];
        runner.run(context -> properties[0] = context.getBean(ExportProperties.class));
        return properties[0];
    }

    private static String messages(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .map(Throwable::getMessage)
                .collect(Collectors.joining("\n"));
    }
}
