package dev.billingexport.report.html;

import dev.billingexport.report.rating.Amounts;
import dev.billingexport.report.table.Column;
import dev.billingexport.report.table.Rated;
import dev.billingexport.report.table.UsageTables;
import dev.billingexport.report.table.UserUsage;
import dev.billingexport.report.table.Wording;
import dev.billingexport.session.Usage;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The table of users: one row for each user over all applications, with charges where there are prices. */
final class HtmlUsers {

    /** Up to the recordings: seconds and bytes would make it too wide. */
    private static final List<Column<Usage>> COLUMNS = UsageTables.FIGURES.subList(0, 5);

    private static final int NAME = 100;

    private final Wording wording;
    private final @Nullable Rated rated;

    HtmlUsers(Wording wording, @Nullable Rated rated) {
        this.wording = wording;
        this.rated = rated;
    }

    List<String> columns() {
        List<String> columns = new ArrayList<>();
        columns.add(wording.text("column.user_name"));
        COLUMNS.forEach(column -> columns.add(wording.text("column." + column.name())));
        currencies().forEach(currency -> columns.add(wording.charges(currency)));
        return columns;
    }

    HtmlPage.Row row(UserUsage user) {
        String name = user.userName() == null ? "" : UserUsage.shortened(user.userName(), NAME);
        String id = user.userId().isEmpty() ? wording.text("html.no-user") : UserUsage.shortened(user.userId(), NAME);
        List<String> cells = cells(
                user.usage(), rated == null ? Amounts.NONE : rated.totals().of(user.userId()));
        return name.isEmpty() ? new HtmlPage.Row(id, "", cells) : new HtmlPage.Row(name, id, cells);
    }

    List<String> total(Usage total) {
        return cells(total, rated == null ? Amounts.NONE : rated.totals().ofUsers());
    }

    private List<String> cells(Usage usage, Amounts amounts) {
        List<String> cells = new ArrayList<>();
        COLUMNS.forEach(column ->
                cells.add(HtmlPage.number(column.number(usage), column.kind() == Column.Kind.DECIMAL, wording)));
        currencies().forEach(currency -> cells.add(wording.amount(amounts.in(currency))));
        return cells;
    }

    private Set<Currency> currencies() {
        return rated == null ? Set.of() : rated.totals().currencies();
    }
}
