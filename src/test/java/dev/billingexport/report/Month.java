package dev.billingexport.report;

import dev.billingexport.report.rating.RatingProperties;
import dev.billingexport.report.rating.Tariff;
import dev.billingexport.report.table.Language;
import dev.billingexport.report.table.Reconciliation;
import dev.billingexport.report.table.ReportData;
import dev.billingexport.report.table.ReportHead;
import dev.billingexport.session.AppType;
import dev.billingexport.session.CallDetail;
import dev.billingexport.session.Filter;
import dev.billingexport.session.NumberOrText;
import dev.billingexport.session.Period;
import dev.billingexport.session.Problem;
import dev.billingexport.session.Recording;
import dev.billingexport.session.Session;
import dev.billingexport.session.SessionDetails;
import dev.billingexport.session.SessionUsage;
import dev.billingexport.session.Split;
import dev.billingexport.session.Usage;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Report data of October 2026, built session by session in the order in which a ledger would give them. */
public final class Month implements ReportData {

    public static final Duration TOLERANCE = Duration.ofMinutes(1);
    public static final ZoneId UTC = ZoneId.of("UTC");
    public static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    /** Streams that were opened and not closed. */
    public final AtomicInteger openStreams = new AtomicInteger();

    private final List<SessionDetails> sessions = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    public static ReportHead head(ZoneId zone) {
        return head(zone, null);
    }

    public static ReportHead head(ZoneId zone, @Nullable Filter filter) {
        return new ReportHead(
                "billing",
                Period.of(YearMonth.of(2026, 10), zone),
                new TreeSet<>(List.of(AppType.VC, AppType.WB)),
                filter,
                1);
    }

    public static ReportProperties properties(Format... formats) {
        return properties(Language.EN, formats);
    }

    public static ReportProperties properties(Language language, Format... formats) {
        return properties(
                "locale=" + language,
                "formats=" + Stream.of(formats).map(Format::name).collect(Collectors.joining(",")));
    }

    /** As a job file has them, such as {@code csv.gzip=true}. */
    public static ReportProperties properties(String first, String... others) {
        Map<String, String> properties = new HashMap<>();
        Stream.concat(Stream.of(first), Stream.of(others))
                .map(setting -> setting.split("=", 2))
                .forEach(setting -> properties.put("export.report." + setting[0], setting[1]));
        return new Binder(new MapConfigurationPropertySource(properties))
                .bind("export.report", ReportProperties.class)
                .get();
    }

    /** Without any prices. */
    public static @Nullable Tariff unrated() {
        return null;
    }

    /** With prices as a job file has them, such as {@code currency=EUR}. */
    public static Tariff rated(String... settings) {
        Map<String, String> properties = new HashMap<>();
        Stream.of(settings)
                .map(setting -> setting.split("=", 2))
                .forEach(setting -> properties.put("export.rating." + setting[0], setting[1]));
        RatingProperties rating = new Binder(new MapConfigurationPropertySource(properties))
                .bind("export.rating", RatingProperties.class)
                .get();
        return Tariff.of(rating, head(UTC).period(), List.of(AppType.values())).orElseThrow();
    }

    public static Reconciliation reconciliation(ReportHead head) {
        return new Reconciliation(head.period().end(), TOLERANCE);
    }

    public Month with(Session session, Object... details) {
        List<CallDetail> ofSession = Stream.of(details)
                .filter(CallDetail.class::isInstance)
                .map(CallDetail.class::cast)
                .sorted(CallDetail.ORDER)
                .toList();
        List<Recording> files = Stream.of(details)
                .filter(Recording.class::isInstance)
                .map(Recording.class::cast)
                .sorted(Recording.ORDER)
                .toList();
        sessions.add(SessionDetails.of(sessions.size() + 1, session, ofSession, files));
        return this;
    }

    /** One whose call details could not be fetched. */
    public Month withoutCallDetails(Session session, Recording... recordings) {
        List<Recording> files = List.of(recordings);
        Usage usage = Usage.of(session, List.of(), files);
        sessions.add(new SessionDetails(sessions.size() + 1, session, usage, List.of(), files, false));
        return with(new Problem(
                session.sessionId(), session.transDate(), Problem.Part.CALL_DETAILS, "The API answered 500.", 6));
    }

    public Month with(Problem problem) {
        problems.add(problem);
        problems.sort(Comparator.comparing(Problem::sessionId));
        return this;
    }

    /** A session of an hour, with the date given. */
    public static Session session(
            String sessionId,
            @Nullable String userId,
            @Nullable String userName,
            String date,
            @Nullable String minutes,
            AppType appType) {
        Instant start = Instant.parse(date);
        return new Session(
                sessionId,
                "m-" + sessionId,
                "room-1",
                userId,
                userName,
                start,
                start.plusMillis(1_234),
                start.plusSeconds(3_600),
                minutes == null ? null : new BigDecimal(minutes),
                appType);
    }

    public static CallDetail callDetail(String callNum, String name, String connect, String minutes) {
        Instant start = Instant.parse(connect);
        return new CallDetail(
                callNum,
                "log-" + callNum + "-" + connect,
                start,
                start.plusSeconds(1_800),
                new BigDecimal(minutes),
                "ref-1",
                name,
                "participant",
                "192.0.2.17",
                "Mozilla/5.0 (X11; Linux x86_64)");
    }

    public static Recording recording(int stage, String seconds, String bytes) {
        Instant start = Instant.parse("2026-10-05T09:00:00Z");
        return new Recording(
                "https://recordings.example/a/" + stage + ".mp4",
                new BigDecimal(seconds),
                NumberOrText.of(BigDecimal.valueOf(stage)),
                start,
                start.plusSeconds(60),
                NumberOrText.of(new BigDecimal(bytes)));
    }

    @Override
    public Stream<SessionUsage> sessions() {
        return details().map(SessionDetails::sessionUsage);
    }

    @Override
    public Stream<SessionDetails> details() {
        return open(sessions);
    }

    @Override
    public Stream<Problem> problems() {
        return open(problems);
    }

    @Override
    public List<Split> splits(Filter.Field by) {
        return sessions.stream()
                .map(session -> Split.of(by, session.session()))
                .distinct()
                .toList();
    }

    @Override
    public ReportData of(Split split) {
        Month part = new Month();
        Set<String> ids = new HashSet<>();
        for (SessionDetails details : sessions) {
            Session session = details.session();
            if (Split.of(split.by(), session).equals(split)) {
                ids.add(session.sessionId());
                part.sessions.add(SessionDetails.of(
                        part.sessions.size() + 1, session, details.callDetails(), details.recordings()));
            }
        }
        problems.stream().filter(row -> ids.contains(row.sessionId())).forEach(part.problems::add);
        return part;
    }

    private <T> Stream<T> open(List<T> rows) {
        openStreams.incrementAndGet();
        return rows.stream().onClose(openStreams::decrementAndGet);
    }
}
