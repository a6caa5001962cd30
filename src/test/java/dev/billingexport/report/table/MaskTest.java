package dev.billingexport.report.table;

import static dev.billingexport.report.Month.session;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.report.Format;
import dev.billingexport.report.Month;
import dev.billingexport.report.Months;
import dev.billingexport.report.Rendered;
import dev.billingexport.report.RenderedFile;
import dev.billingexport.report.Report;
import dev.billingexport.report.rating.Tariff;
import dev.billingexport.session.AppType;
import dev.billingexport.session.CallDetail;
import dev.billingexport.session.Filter;
import dev.billingexport.session.SessionDetails;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MaskTest {

    private static final byte[] KEY = "a key that nobody may read at all".getBytes(StandardCharsets.UTF_8);
    private static final Set<PersonalColumn> ALL = EnumSet.allOf(PersonalColumn.class);

    private static final Map<PersonalColumn, String> PERSON = Map.of(
            PersonalColumn.USER_NAME, "Zoe Quimby",
            PersonalColumn.NAME, "=Yusuf+1",
            PersonalColumn.IP, "192.0.2.217",
            PersonalColumn.AGENT, "Firefox on Zaurus",
            PersonalColumn.USER_REF, "zoe@example.org");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void isInEveryPlaceOfTheValue(PersonalColumn column) throws IOException {
        String value = PERSON.get(column);
        String mask = mask(column);

        Map<String, String> plain = render(Set.of());
        Map<String, String> masked = render(Set.of(column));

        assertThat(places(masked, value)).isEmpty();
        assertThat(places(masked, mask)).isNotEmpty().isEqualTo(places(plain, value));
    }

    @Test
    void ofAUsersNameIsInTablesChartsAndPages() throws IOException {
        assertThat(places(render(ALL), mask(PersonalColumn.USER_NAME)))
                .contains("charges.csv", "report.html", "sessions.csv", "users.csv")
                .anyMatch(place -> place.contains("/charts/"))
                .anyMatch(place -> place.contains("sharedStrings"));
    }

    @Test
    void isInTheDataOfAShareToo() {
        ReportData data = new Mask(ALL, KEY).of(Months.plain());

        assertThat(data.splits(Filter.Field.USER_ID))
                .hasSize(2)
                .allSatisfy(share -> assertThat(data.of(share).sessions())
                        .extracting(usage -> usage.session().userName())
                        .filteredOn(name -> name != null)
                        .isNotEmpty()
                        .allMatch(name -> name.startsWith("masked-")));
    }

    @Test
    void isTheSameForTheSameValueOnly() {
        List<CallDetail> details = masked(
                KEY, detail("Ann", "192.0.2.1", "Ann"), detail("ann", "192.0.2.1", "Bo"), detail("Ann", "::1", "Bo"));

        assertThat(details)
                .extracting(CallDetail::name)
                .allMatch(mask -> mask.matches("masked-[0-9a-f]{16}"))
                .satisfies(names ->
                        assertThat(names.get(0)).isEqualTo(names.get(2)).isNotEqualTo(names.get(1)));
        assertThat(details)
                .extracting(CallDetail::ip)
                .satisfies(ips -> assertThat(ips.get(0)).isEqualTo(ips.get(1)).isNotEqualTo(ips.get(2)));
        assertThat(details.get(0).userRef()).isEqualTo(details.get(0).name());
    }

    @Test
    void leavesWhatSaysNothing() {
        assertThat(masked(KEY, detail(null, "", " "))).containsExactly(detail(null, "", " "));
    }

    @Test
    void canOnlyBeTriedWithTheKey() {
        assertThat(masked(KEY, detail("Ann", null, null)))
                .isNotEqualTo(masked("another".getBytes(StandardCharsets.UTF_8), detail("Ann", null, null)));
    }

    private static String mask(PersonalColumn column) {
        return String.valueOf(
                masked(KEY, detail(PERSON.get(column), null, null)).get(0).name());
    }

    private static List<CallDetail> masked(byte[] key, CallDetail... details) {
        Month month = new Month();
        for (int i = 0; i < details.length; i++) {
            month.with(session("s-" + i, "u-1", "Ada", "2026-10-01T00:00:00Z", "1", AppType.VC), details[i]);
        }
        try (Stream<SessionDetails> rows = new Mask(ALL, key).of(month).details()) {
            return rows.flatMap(row -> row.callDetails().stream()).toList();
        }
    }

    private static CallDetail detail(@Nullable String name, @Nullable String ip, @Nullable String userRef) {
        return new CallDetail(null, null, null, null, null, userRef, name, null, ip, null);
    }

    /** Every file of a rated report, a workbook part by part. */
    private Map<String, String> render(Set<PersonalColumn> columns) throws IOException {
        Month month = new Month()
                .with(
                        session(
                                "s-1",
                                "u-1",
                                PERSON.get(PersonalColumn.USER_NAME),
                                "2026-10-01T00:00:05.120Z",
                                "61.50",
                                AppType.VC),
                        new CallDetail(
                                "1",
                                "log-1",
                                Instant.parse("2026-10-01T00:01:00Z"),
                                Instant.parse("2026-10-01T00:31:00Z"),
                                new BigDecimal("30"),
                                PERSON.get(PersonalColumn.USER_REF),
                                PERSON.get(PersonalColumn.NAME),
                                "participant",
                                PERSON.get(PersonalColumn.IP),
                                PERSON.get(PersonalColumn.AGENT)));
        Tariff rating = Month.rated("currency=EUR", "prices.vc.participant-minute=1", "prices.vc.recorded-minute=1");
        Report report = new Report(
                Month.head(Month.UTC), new Mask(columns, KEY).of(month), Month.properties(Format.values()), rating);
        Map<String, String> places = new TreeMap<>();
        for (RenderedFile file : Rendered.all(report, folder)) {
            String name = file.name();
            if (name.endsWith(".xlsx")) {
                try (ZipFile workbook = new ZipFile(folder.resolve(name).toFile())) {
                    for (ZipEntry part : Collections.list(workbook.entries())) {
                        byte[] bytes = workbook.getInputStream(part).readAllBytes();
                        places.put(name + "/" + part.getName(), new String(bytes, StandardCharsets.UTF_8));
                    }
                }
            } else {
                places.put(name, Files.readString(folder.resolve(name)));
            }
        }
        assertThat(month.openStreams).hasValue(0);
        return places;
    }

    private static List<String> places(Map<String, String> all, String text) {
        return all.entrySet().stream()
                .filter(place -> place.getValue().contains(text))
                .map(Map.Entry::getKey)
                .toList();
    }
}
