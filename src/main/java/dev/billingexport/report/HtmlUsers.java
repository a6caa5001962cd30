package dev.billingexport.report;

import dev.billingexport.session.Usage;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The table of users: one row each, all applications together, with what they are charged where there are prices. */
final class HtmlUsers {

    private static final List<String> COLUMNS =
            List.of("sessions", "session_minutes", "call_details", "call_detail_minutes", "recordings");

    private static final int NAME = 100;

    private final Wording wording;
    private final @Nullable Charges charges;
    private final Map<String, BigDecimal> amounts = new HashMap<>();

    HtmlUsers(Wording wording, @Nullable Charges charges) {
        this.wording = wording;
        this.charges = charges;
        if (charges != null) {
            charges.rows(userId -> null)
                    .forEach(charge -> amounts.merge(charge.userId(), charge.amount(), BigDecimal::add));
        }
    }

    List<String> columns() {
        List<String> columns = new ArrayList<>();
        columns.add(wording.text("column.user_name"));
        COLUMNS.forEach(column -> columns.add(wording.text("column." + column)));
        if (charges != null) {
            columns.add(wording.text("summary.charges") + " ("
                    + charges.rating().currency().getCurrencyCode() + ")");
        }
        return columns;
    }

    HtmlPage.Row row(UserUsage user) {
        String name = user.userName() == null ? "" : UserUsage.shortened(user.userName(), NAME);
        String id = user.userId().isEmpty() ? wording.text("html.no-user") : UserUsage.shortened(user.userId(), NAME);
        List<String> cells = cells(user.usage(), amounts.getOrDefault(user.userId(), BigDecimal.ZERO));
        return name.isEmpty() ? new HtmlPage.Row(id, "", cells) : new HtmlPage.Row(name, id, cells);
    }

    List<String> total(Usage total) {
        return cells(total, charges == null ? BigDecimal.ZERO : charges.total());
    }

    private List<String> cells(Usage usage, BigDecimal amount) {
        List<String> cells = new ArrayList<>();
        cells.add(wording.numberOrNone(BigDecimal.valueOf(usage.sessions()), 0, 0));
        cells.add(wording.numberOrNone(usage.sessionMinutes(), 2, 4));
        cells.add(wording.numberOrNone(BigDecimal.valueOf(usage.callDetails()), 0, 0));
        cells.add(wording.numberOrNone(usage.callDetailMinutes(), 2, 4));
        cells.add(wording.numberOrNone(BigDecimal.valueOf(usage.recordings()), 0, 0));
        if (charges != null) {
            int digits = charges.rating().digits();
            cells.add(wording.numberOrNone(amount, digits, digits));
        }
        return cells;
    }
}
