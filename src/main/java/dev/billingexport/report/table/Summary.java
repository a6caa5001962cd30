package dev.billingexport.report.table;

import dev.billingexport.report.rating.ChargeTotals;
import dev.billingexport.report.rating.Item;
import dev.billingexport.session.AppType;
import dev.billingexport.session.Filter;
import dev.billingexport.session.Split;
import dev.billingexport.session.Usage;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** What the first page of a report says, in every format: the writers lay it out and add nothing. */
public record Summary(ReportHead head, Figures figures, Reconciliation reconciliation, Wording wording) {

    /** Longest part of a value that the title shows. */
    private static final int TITLE = 60;

    /** Returns the title: the period and, for a split, its value. */
    public String title() {
        String title = wording.text("summary.title", head.period().label());
        Split split = head.split();
        if (split == null) {
            return title;
        }
        String key = "split." + split.by().code();
        return title + ": "
                + (split.isOfNone()
                        ? wording.text(key + ".none")
                        : wording.text(key, UserUsage.shortened(split.value(), TITLE)));
    }

    /** Returns the facts, which are equal for two runs over the same data. */
    public List<Fact> facts() {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact(wording.text("summary.export"), head.export()));
        Split split = head.split();
        if (split != null && !split.isOfNone()) {
            facts.add(new Fact(wording.text("column." + split.by().code()), split.value()));
        }
        facts.add(new Fact(
                wording.text("summary.from"),
                wording.day(head.period().from()),
                wording.text("summary.from-note"),
                List.of()));
        facts.add(new Fact(
                wording.text("summary.to"),
                wording.day(head.period().to()),
                "",
                List.of(wording.text("summary.to-note"))));
        facts.add(new Fact(
                wording.text("summary.zone"),
                Wording.zone(head.period().zone()),
                wording.text("summary.zone-note"),
                List.of()));
        facts.add(new Fact(wording.text("summary.applications"), String.join(", ", applications())));
        facts.add(new Fact(wording.text("summary.filter"), filter()));
        Amendments amendments = figures.amendments();
        facts.add(new Fact(
                wording.text("summary.revision"),
                String.valueOf(head.revision()),
                "",
                amendments == null ? List.of() : amendments.sentences(wording)));
        return facts;
    }

    /** Returns the names of the billed applications. */
    public List<String> applications() {
        return head.appTypes().stream().map(wording::name).toList();
    }

    private String filter() {
        Filter filter = head.filter();
        return filter == null
                ? wording.text("summary.filter-none")
                : wording.text("column." + filter.by().code()) + " = " + filter.description();
    }

    /** Returns the usage of the whole period. */
    public List<Tile> tiles() {
        return Tile.of(figures.usage().total(), wording);
    }

    /** Returns the charges of the whole period, one for each currency. */
    public List<Tile> amounts() {
        Rated rated = figures.rated();
        return rated == null
                ? List.of()
                : rated.totals().currencies().stream()
                        .map(currency -> Tile.of(currency, rated.totals().total(), wording))
                        .toList();
    }

    /** Returns the number of users, the usage, and the charges in each currency. */
    public List<KeyFigure> keyFigures() {
        List<KeyFigure> all = new ArrayList<>();
        UsageSummary usage = figures.usage();
        all.add(new KeyFigure(
                TableNames.USERS,
                wording.text("summary.users"),
                null,
                false,
                values(
                        appType -> BigDecimal.valueOf(usage.userCount(appType)),
                        BigDecimal.valueOf(usage.userCount()))));
        for (Column<Usage> column : UsageTables.FIGURES) {
            all.add(new KeyFigure(
                    column.name(),
                    wording.text("column." + column.name()),
                    null,
                    column.kind() == Column.Kind.DECIMAL,
                    values(appType -> column.number(usage.usage(appType)), column.number(usage.total()))));
        }
        Rated rated = figures.rated();
        if (rated != null) {
            ChargeTotals totals = rated.totals();
            for (Currency currency : totals.currencies()) {
                all.add(new KeyFigure(
                        "amount",
                        wording.charges(currency),
                        currency,
                        true,
                        values(
                                appType -> totals.of(appType).in(currency),
                                totals.total().in(currency))));
            }
        }
        return all;
    }

    private List<BigDecimal> values(Function<AppType, BigDecimal> ofApplication, BigDecimal total) {
        return Stream.concat(head.appTypes().stream().map(ofApplication), Stream.of(total))
                .toList();
    }

    /** Returns whether the total includes a minimum, which belongs to no application. */
    public boolean hasMinimum() {
        Rated rated = figures.rated();
        return rated != null && rated.rows().get().anyMatch(charge -> charge.item() == Item.MINIMUM);
    }

    public Alerts alerts() {
        return Alerts.of(head, figures, reconciliation, wording);
    }

    /** Returns whether there is no session at all. */
    public boolean isEmpty() {
        return figures.usage().total().sessions() == 0;
    }

    public Charts charts() {
        return new Charts(head, figures, wording);
    }

    /** Returns the rules that the charges follow; empty where nothing is rated. */
    public List<String> rules() {
        Rated rated = figures.rated();
        return rated == null ? List.of() : new RatingWords(rated.tariff(), wording).of(head.appTypes());
    }
}
