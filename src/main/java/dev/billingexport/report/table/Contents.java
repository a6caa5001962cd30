package dev.billingexport.report.table;

import dev.billingexport.report.rating.Tariff;
import dev.billingexport.session.SessionDetails;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides which tables a report has, in their order.
 *
 * @param reconciliation finds what contradicts itself in a session
 * @param tariff null where rating is off
 * @param amendments null where there is no earlier revision
 * @param figures the sums; requested only while a table is written
 * @param statement the recipient of a statement, which has the sessions and their details only; null for the operator's
 *     own report
 */
public record Contents(
        ReportHead head,
        ReportData data,
        Reconciliation reconciliation,
        @Nullable Tariff tariff,
        @Nullable Amendments amendments,
        Supplier<Figures> figures,
        @Nullable StatementHead statement) {

    /** Creates the contents of the operator's own report. */
    public Contents(
            ReportHead head,
            ReportData data,
            Reconciliation reconciliation,
            @Nullable Tariff tariff,
            @Nullable Amendments amendments,
            Supplier<Figures> figures) {
        this(head, data, reconciliation, tariff, amendments, figures, null);
    }

    /** Returns the tables of the CSV files. */
    public List<Table<?>> files() {
        List<Table<?>> tables = new ArrayList<>();
        tables.add(UsageTables.users(() -> Charged.users(figures.get()), List.of()));
        tables.add(UsageTables.days(() -> Charged.days(figures.get()), List.of()));
        tables.addAll(ofSessions());
        tables.add(ReviewTables.reconciliation(this::findings));
        addLast(tables);
        return tables;
    }

    /** Returns the tables of the data sheets, after all sums are computed. Findings have another order here. */
    public List<Table<?>> sheets() {
        if (statement != null) {
            return ofSessions();
        }
        Figures sums = figures.get();
        Rated rated = sums.rated();
        List<Table<?>> tables = new ArrayList<>();
        if (rated != null && rated.tariff().isListed()) {
            tables.add(ChargeTables.customers(rated.customers()));
        }
        Collection<Currency> currencies =
                rated == null ? List.of() : rated.totals().currencies();
        tables.add(UsageTables.users(() -> Charged.users(sums), currencies));
        tables.add(UsageTables.days(() -> Charged.days(sums), currencies));
        tables.addAll(ofSessions());
        if (!sums.findings().isEmpty()) {
            tables.add(ReviewTables.reconciliationForPeople(() -> Reconciliation.worstFirst(this::findings))
                    .withNotes(reconciliation::words));
        }
        addLast(tables);
        tables.removeIf(table -> table.name().equals(TableNames.CHARGES) && table.isEmpty());
        return tables;
    }

    /** Returns the tables whose rows come from sessions. */
    public List<Table<?>> ofSessions() {
        Table<?> sessions =
                RecordTables.sessions(data::sessions).ofSessions(session -> Stream.of(session.sessionUsage()));
        if (statement != null) {
            return List.of(sessions);
        }
        return List.of(
                sessions,
                ofSessions(RecordTables::callDetails, SessionDetails::callDetailRows),
                ofSessions(RecordTables::recordings, SessionDetails::recordingRows));
    }

    private <T> Table<T> ofSessions(
            Function<Supplier<Stream<T>>, Table<T>> table, Function<SessionDetails, Stream<T>> ofSession) {
        return table.apply(() -> data.details().flatMap(ofSession)).ofSessions(ofSession);
    }

    private void addLast(List<Table<?>> tables) {
        if (tariff != null) {
            tables.add(ChargeTables.charges(this::charges, tariff.isListed())
                    .withNotes(wording -> new RatingWords(tariff, wording).of(head.appTypes())));
        }
        if (amendments instanceof Amendments.Known known) {
            tables.add(ReviewTables.amendments(known));
        }
        Table<?> problems = RecordTables.problems(data::problems);
        if (!problems.isEmpty()) {
            tables.add(problems);
        }
    }

    /** Returns the summary, once all is added up. */
    public Summary summary(Wording wording) {
        return new Summary(head, figures.get(), reconciliation, wording);
    }

    private Stream<Finding> findings() {
        Figures sums = figures.get();
        if (sums.findings().isEmpty()) {
            return Stream.empty();
        }
        return data.details().flatMap(details -> reconciliation.findings(details, sums.repeated()).stream());
    }

    private Stream<ChargeRow> charges() {
        Figures sums = figures.get();
        Rated rated = sums.rated();
        return rated == null
                ? Stream.empty()
                : rated.rows().get().map(charge -> new ChargeRow(charge, userName(sums.usage(), charge.userId())));
    }

    private static @Nullable String userName(UsageSummary usage, @Nullable String userId) {
        return userId == null ? null : usage.userName(userId);
    }
}
