package dev.billingexport.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billingexport.session.Period;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.DuplicateKeyException;

@ParameterizedClass
@EnumSource(Vendor.class)
class RunsTest {

    @Parameter
    Vendor vendor;

    private static final Instant CREATED = Instant.parse("2026-11-02T04:30:00.250Z");
    private static final Period OCTOBER = Period.of(YearMonth.of(2026, 10), ZoneId.of("Europe/Berlin"));
    private static final RunKey KEY = new RunKey("monthly-billing", OCTOBER, "0123456789abcdef", 1);

    @TempDir
    Path folder;

    private LedgerDatabase database;
    private Runs runs;

    @BeforeEach
    void open() {
        database = LedgerDatabase.open(vendor, folder);
        runs = database.runs();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aRunComesBackAsItWasEntered() {
        List<String> arguments = List.of("jobs/monthly billing.yml", "--month=2026-10", "--output=file:/ö/\"x\"");

        Run run = runs.create(KEY, arguments, CREATED);

        assertThat(run).isEqualTo(new Run(run.id(), KEY, arguments, CREATED, null, null, null));
        assertThat(run.delivered()).isFalse();
        assertThat(runs.find(run.id())).contains(run);
        assertThat(runs.find(KEY)).contains(run);
        assertThat(runs.find(run.id() + 1)).isEmpty();
    }

    @Test
    void aRunWithoutArgumentsHasNone() {
        assertThat(runs.create(KEY, List.of(), CREATED).arguments()).isEmpty();
    }

    @Test
    void aDeliveredRunSaysWhenAndWhere() {
        Run run = runs.create(KEY, List.of(), CREATED);
        URI location = URI.create("file:///out/monthly-billing/2026-10/r1/");

        runs.delivered(run, location, CREATED.plusMillis(1));

        Run delivered = runs.find(KEY).orElseThrow();
        assertThat(delivered.delivered()).isTrue();
        assertThat(delivered.deliveredAt()).isEqualTo(CREATED.plusMillis(1));
        assertThat(delivered.location()).isEqualTo(location);
    }

    @Test
    void aRelaunchReplacesTheArgumentsOfThatRunAlone() {
        Run run = runs.create(KEY, List.of("--month=2026-10"), CREATED);
        Run other = runs.create(revision(2), List.of("--rerun"), CREATED);

        runs.relaunched(run, List.of("--month=2026-10", "--format=csv"));

        assertThat(runs.find(run.id()).orElseThrow().arguments()).containsExactly("--month=2026-10", "--format=csv");
        assertThat(runs.find(other.id())).contains(other);
    }

    @Test
    void revisionsDifferInNothingElse() {
        Run first = runs.create(KEY, List.of(), CREATED);
        Run second = runs.create(revision(2), List.of(), CREATED);
        Run third = runs.create(revision(3), List.of(), CREATED);
        Period halfMonth = new Period(OCTOBER.from(), LocalDate.of(2026, 10, 15), OCTOBER.zone());
        Period utc = new Period(OCTOBER.from(), OCTOBER.to(), ZoneId.of("UTC"));
        Run lastOther = null;
        for (RunKey other : List.of(
                new RunKey("weekly", OCTOBER, KEY.scope(), 1),
                new RunKey(KEY.export(), halfMonth, KEY.scope(), 1),
                new RunKey(KEY.export(), utc, KEY.scope(), 1),
                new RunKey(KEY.export(), OCTOBER, "fedcba9876543210", 1))) {
            lastOther = runs.create(other, List.of(), CREATED);
        }

        assertThat(runs.revisions(KEY)).containsExactly(third, second, first);
        assertThat(runs.find(revision(2))).contains(second);
        assertThat(runs.find(revision(4))).isEmpty();
        assertThat(runs.all()).hasSize(7).startsWith(lastOther).endsWith(first);
    }

    @Test
    void theNumbersOfRunsHaveNoGapsThoughProcessesDie() {
        Run first = runs.create(KEY, List.of(), CREATED);
        database.tearAway();
        close();
        open();

        Run second = runs.create(revision(2), List.of(), CREATED);

        assertThat(second.id()).isEqualTo(first.id() + 1);
    }

    @Test
    void theSameKeyIsNoSecondRun() {
        runs.create(KEY, List.of(), CREATED);

        assertThatThrownBy(() -> runs.create(KEY, List.of(), CREATED)).isInstanceOf(DuplicateKeyException.class);
    }

    private static RunKey revision(int revision) {
        return new RunKey(KEY.export(), KEY.period(), KEY.scope(), revision);
    }
}
