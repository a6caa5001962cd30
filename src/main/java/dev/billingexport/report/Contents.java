package dev.billingexport.report;

import dev.billingexport.session.SessionDetails;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which tables a report has, in their order.
 *
 * @param amendments null where there is no earlier revision
 * @param figures what was added up; asked for only while a table is written
 */
record Contents(
        ReportHead head,
        ReportData data,
        ReportProperties properties,
        RatingProperties rating,
        @Nullable Amendments amendments,
        Supplier<Figures> figures) {

    /** The CSV files. */
    List<Table<?>> files() {
        List<Table<?>> tables = new ArrayList<>(common());
        tables.add(Tables.reconciliation(this::findings));
        addLast(tables);
        return tables;
    }

    /** The sheets that hold data. The findings are in an order of their own. */
    List<Table<?>> sheets() {
        List<Table<?>> tables = new ArrayList<>(common());
        if (!figures.get().findings().isEmpty()) {
            tables.add(Tables.reconciliation(() -> Reconciliation.worstFirst(this::findings))
                    .withNotes(reconciliation()::words));
        }
        addLast(tables);
        tables.removeIf(table -> table.name().equals("charges") && table.isEmpty());
        return tables;
    }

    /** What every report has. The rows that aren't made of sessions need the figures. */
    List<Table<?>> common() {
        return List.of(
                Tables.users(() -> figures.get().usage().users()),
                Tables.days(() -> figures.get().usage().days()),
                Tables.sessions(data::sessions).ofSessions(session -> Stream.of(session.sessionUsage())),
                ofSessions(Tables::callDetails, SessionDetails::callDetailRows),
                ofSessions(Tables::recordings, SessionDetails::recordingRows));
    }

    private <T> Table<T> ofSessions(
            Function<Supplier<Stream<T>>, Table<T>> table, Function<SessionDetails, Stream<T>> ofSession) {
        return table.apply(() -> data.details().flatMap(ofSession)).ofSessions(ofSession);
    }

    private void addLast(List<Table<?>> tables) {
        Rating rule = Rating.of(rating, head.share());
        if (rule != null) {
            tables.add(Tables.charges(this::charges, rule.digits())
                    .withNotes(wording -> rule.words(wording, head.appTypes())));
        }
        if (amendments instanceof Amendments.Known known) {
            tables.add(Tables.amendments(known));
        }
        Table<?> problems = Tables.problems(data::problems);
        if (!problems.isEmpty()) {
            tables.add(problems);
        }
    }

    Reconciliation reconciliation() {
        return new Reconciliation(head.period().end(), properties.tolerance());
    }

    private Stream<Finding> findings() {
        Figures sums = figures.get();
        if (sums.findings().isEmpty()) {
            return Stream.empty();
        }
        return data.details().flatMap(details -> reconciliation().findings(details, sums.repeated()).stream());
    }

    private Stream<Charge> charges() {
        Figures sums = figures.get();
        Charges charges = sums.charges();
        return charges == null ? Stream.empty() : charges.rows(sums.usage()::userName);
    }
}
