package dev.billingexport.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.ledger.RunKey;
import dev.billingexport.session.Period;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.batch.core.job.DefaultJobKeyGenerator;
import org.springframework.batch.core.job.parameters.JobParameter;
import org.springframework.batch.core.job.parameters.JobParameters;

class ExportParametersTest {

    private static final LocalDate FIRST = LocalDate.of(2026, 10, 1);
    private static final RunKey KEY = key("monthly-billing", FIRST.plusMonths(1), "Europe/Berlin", "0123abcd", 3);

    @Test
    void aKeyComesBack() {
        assertThat(ExportParameters.key(ExportParameters.of(KEY))).isEqualTo(KEY);
    }

    @Test
    void theSameKeyIsTheSameJobInstanceAndAnyOtherIsAnother() {
        LocalDate to = FIRST.plusMonths(1);

        assertThat(instance(KEY))
                .isEqualTo(instance(key("monthly-billing", to, "Europe/Berlin", "0123abcd", 3)))
                .isNotEqualTo(instance(key("weekly", to, "Europe/Berlin", "0123abcd", 3)))
                .isNotEqualTo(instance(key("monthly-billing", to.minusDays(1), "Europe/Berlin", "0123abcd", 3)))
                .isNotEqualTo(instance(key("monthly-billing", to, "UTC", "0123abcd", 3)))
                .isNotEqualTo(instance(key("monthly-billing", to, "Europe/Berlin", "ffff", 3)))
                .isNotEqualTo(instance(key("monthly-billing", to, "Europe/Berlin", "0123abcd", 4)));
    }

    /** Another type would be another job instance, so that runs that were begun with it could not be resumed. */
    @Test
    void everyParameterHasItsTypeAndIdentifies() {
        JobParameters parameters = ExportParameters.of(KEY);

        Map<String, Class<?>> types = parameters.parameters().stream()
                .collect(
                        Collectors.toMap(JobParameter::name, (Function<JobParameter<?>, Class<?>>) JobParameter::type));
        assertThat(types)
                .containsOnly(
                        Map.entry("export", String.class),
                        Map.entry("from", LocalDate.class),
                        Map.entry("to", LocalDate.class),
                        Map.entry("timeZone", String.class),
                        Map.entry("scope", String.class),
                        Map.entry("revision", Long.class));
        assertThat(parameters.parameters()).allMatch(JobParameter::identifying);
    }

    /** What Batch tells job instances apart by. */
    private static String instance(RunKey key) {
        return new DefaultJobKeyGenerator().generateKey(ExportParameters.of(key));
    }

    private static RunKey key(String export, LocalDate to, String zone, String scope, int revision) {
        return new RunKey(export, new Period(FIRST, to, ZoneId.of(zone)), scope, revision);
    }
}
