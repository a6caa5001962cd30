package dev.billingexport.ledger;

import dev.billingexport.report.Report;
import dev.billingexport.report.ReportProperties;
import dev.billingexport.report.rating.RatingProperties;
import dev.billingexport.report.rating.Tariff;
import dev.billingexport.report.table.ReportData;
import dev.billingexport.report.table.ReportHead;
import dev.billingexport.session.AppType;
import dev.billingexport.session.Filter;
import dev.billingexport.session.Problem;
import dev.billingexport.session.SessionDetails;
import dev.billingexport.session.SessionUsage;
import dev.billingexport.session.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Renders the workbooks of a ledger, two at a time as a run does. */
public final class RenderedStatements {

    private static final int FILES_AT_ONCE = 2;

    private RenderedStatements() {}

    /** @param arguments the benchmark's folder, what to split by, and how many customers there are */
    public static void main(String... arguments) throws Exception {
        Path home = Path.of(arguments[0]);
        Path out = Files.createDirectories(home.resolve("out-" + arguments[1]));
        try (LedgerDatabase database = LedgerDatabase.open(home.resolve("data"))) {
            Run run = database.runs().all().get(0);
            Report report = new Report(
                    new ReportHead("billing", run.key().period(), new TreeSet<>(List.of(AppType.values())), null, 1),
                    new Contents(database.contents(), run, null),
                    bind("export.report", ReportProperties.class, Map.of("formats", "xlsx", "split-by", arguments[1])),
                    tariff(home, Integer.parseInt(arguments[2]), run));
            ExecutorService files = Executors.newFixedThreadPool(FILES_AT_ONCE);
            List<Future<?>> rendered = new ArrayList<>();
            for (List<String> pass : report.passes()) {
                rendered.add(files.submit(() -> report.render(pass.get(0), out)));
            }
            files.shutdown();
            for (Future<?> file : rendered) {
                file.get();
            }
        }
    }

    private static @Nullable Tariff tariff(Path home, int customers, Run run) throws IOException {
        Path prices = Files.writeString(home.resolve("prices.csv"), """
                plan,item,app_type,up_to,price
                p,participant_minutes,*,1000,0.010
                p,participant_minutes,*,,0.008
                p,recorded_minutes,*,,0.02
                """);
        List<String> rows = new ArrayList<>(List.of("user_id,customer,plan,currency,included_minutes,minimum"));
        IntStream.range(0, customers * StatementsBenchmark.USERS_OF_CUSTOMER)
                .forEach(user -> rows.add(
                        "U-%d,Customer %d,p,EUR,100,20".formatted(user, user / StatementsBenchmark.USERS_OF_CUSTOMER)));
        Path list = Files.write(home.resolve("customers.csv"), rows);
        RatingProperties rating = bind(
                "export.rating",
                RatingProperties.class,
                Map.of("price-list", prices.toString(), "customers", list.toString()));
        return Tariff.of(rating, run.key().period(), List.of(AppType.values())).orElseThrow();
    }

    private static <T> T bind(String name, Class<T> type, Map<String, String> settings) {
        MapConfigurationPropertySource source = new MapConfigurationPropertySource();
        settings.forEach((key, value) -> source.put(name + "." + key, value));
        return new Binder(source).bind(name, type).get();
    }

    private record Contents(
            LedgerContents ledger, Run run, @Nullable Split split) implements ReportData {

        @Override
        public Stream<SessionUsage> sessions() {
            return ledger.sessions(run, split);
        }

        @Override
        public Stream<SessionDetails> details() {
            return ledger.details(run, split);
        }

        @Override
        public Stream<Problem> problems() {
            return ledger.problems(run, split);
        }

        @Override
        public List<Split> splits(Filter.Field by) {
            ledger.indexSplits(by);
            return ledger.splits(run, by);
        }

        @Override
        public ReportData of(Split part) {
            return new Contents(ledger, run, part);
        }
    }
}
