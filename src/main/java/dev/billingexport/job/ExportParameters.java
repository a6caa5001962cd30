package dev.billingexport.job;

import dev.billingexport.ledger.RunKey;
import dev.billingexport.session.Period;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Objects;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;

/**
 * The job parameters: exactly what identifies a run, each with a fixed type, because another type would make another
 * job instance. The only class that knows their names.
 */
public final class ExportParameters {

    private static final String EXPORT = "export";
    private static final String FROM = "from";
    private static final String TO = "to";
    private static final String TIME_ZONE = "timeZone";
    private static final String SCOPE = "scope";
    private static final String REVISION = "revision";

    private ExportParameters() {}

    public static JobParameters of(RunKey key) {
        return new JobParametersBuilder()
                .addString(EXPORT, key.export())
                .addLocalDate(FROM, key.period().from())
                .addLocalDate(TO, key.period().to())
                .addString(TIME_ZONE, key.period().zone().getId())
                .addString(SCOPE, key.scope())
                .addLong(REVISION, (long) key.revision())
                .toJobParameters();
    }

    static RunKey key(JobParameters parameters) {
        LocalDate from = Objects.requireNonNull(parameters.getLocalDate(FROM));
        LocalDate to = Objects.requireNonNull(parameters.getLocalDate(TO));
        ZoneId zone = ZoneId.of(Objects.requireNonNull(parameters.getString(TIME_ZONE)));
        return new RunKey(
                Objects.requireNonNull(parameters.getString(EXPORT)),
                new Period(from, to, zone),
                Objects.requireNonNull(parameters.getString(SCOPE)),
                Objects.requireNonNull(parameters.getLong(REVISION)).intValue());
    }
}
