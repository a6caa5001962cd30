package dev.billingexport.report;

import static dev.billingexport.report.Month.callDetail;
import static dev.billingexport.report.Month.recording;
import static dev.billingexport.report.Month.session;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.report.rating.Tariff;
import dev.billingexport.session.AppType;
import dev.billingexport.session.Problem;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.DataFormatter;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workbooks that go out to a customer as they are. */
class StatementTest {

    @TempDir
    Path folder;

    private Tariff tariff;

    @BeforeEach
    void agree() throws IOException {
        Path prices = Files.writeString(folder.resolve("prices.csv"), """
                plan,item,app_type,valid_from,up_to,price,first_seconds,next_seconds
                standard,participant_minutes,*,,100,0.10,60,60
                standard,participant_minutes,*,,,0.05,60,60
                standard,recorded_minutes,*,,,0.02,60,60
                flat,participant_minutes,*,,,12.5,60,60
                """);
        Path customers = Files.writeString(folder.resolve("customers.csv"), """
                user_id,customer,plan,currency,included_minutes,minimum,valid_from
                ada-1,ACME & Sons,standard,EUR,30,20,
                bo-2,ACME & Sons,standard,EUR,30,20,
                cy-3,Beta KK,flat,JPY,,,
                di-4,Beta KK,flat,JPY,,,
                di-4,ACME & Sons,standard,EUR,30,20,2026-10-16
                """);
        tariff = Month.rated("price-list=" + prices, "customers=" + customers);
    }

    /** Cy talks to Ada; Di moves from one customer to the other within the month. */
    private static Month month() {
        return new Month()
                .with(
                        session("s-ada", "ada-1", "Ada", "2026-10-01T00:00:00Z", "95", AppType.VC),
                        callDetail("1", "Ada", "2026-10-01T00:00:00Z", "89.5"),
                        recording(1, "61", "1"))
                .with(
                        session("s-cy", "cy-3", "Cy", "2026-10-02T00:00:00Z", "5", AppType.VC),
                        callDetail("1", "Cy", "2026-10-02T00:00:00Z", "3"),
                        callDetail("2", "cy-3 and ada-1", "2026-10-02T00:00:01Z", "1"))
                .with(
                        session("s-bo", "bo-2", "Bo", "2026-10-03T00:00:00Z", "40", AppType.WB),
                        callDetail("1", "Bo", "2026-10-03T00:00:00Z", "30"))
                .with(
                        session("s-di-early", "di-4", "Di", "2026-10-15T00:00:00Z", "5", AppType.VC),
                        callDetail("1", "Di", "2026-10-15T00:00:00Z", "2"))
                .with(
                        session("s-di-late", "di-4", "Di", "2026-10-16T00:00:00Z", "5", AppType.VC),
                        callDetail("1", "Di", "2026-10-16T00:00:00Z", "4"))
                .with(new Problem("s-cy", null, Problem.Part.RECORDINGS, "It answers 500.", 6));
    }

    @Test
    void aCustomersStatementHasWhatItPaysFor() throws IOException {
        render("split-by=customer");

        try (XSSFWorkbook workbook = open("by-customer/ACME%20%26%20Sons.xlsx")) {
            assertThat(workbook).extracting(Sheet::getSheetName).containsExactly("Statement", "Sessions");
            assertThat(rows(workbook, "Statement"))
                    .containsExactly(
                            "Statement 2026-10: ACME & Sons",
                            "Customer|ACME & Sons",
                            "From|2026-10-01",
                            "To|2026-10-31",
                            "Time zone|UTC",
                            "Revision|1",
                            "Charges (EUR)|20.00 EUR",
                            "Items",
                            "Item|Application|Tier|Used minutes|Counted minutes|Charged minutes|Unit price|Amount",
                            "Participant minutes|Video (vc)|included|29.8333|30.00|–|–|–",
                            "Participant minutes|Video (vc)|1|59.6667|60.00|60.00|0.10|6.00 EUR",
                            "Participant minutes|Video (vc)|2|4.00|4.00|4.00|0.05|0.20 EUR",
                            "Participant minutes|Webinar (wb)|1|10.00|10.00|10.00|0.10|1.00 EUR",
                            "Participant minutes|Webinar (wb)|2|20.00|20.00|20.00|0.05|1.00 EUR",
                            "Recorded minutes|Video (vc)|1|1.0167|2.00|2.00|0.02|0.04 EUR",
                            "Minimum|11.76 EUR",
                            "Total|20.00 EUR",
                            "Use by user",
                            "User ID|User name|Sessions|Session minutes|Call detail minutes|Recordings|Recorded seconds|Amount",
                            "ada-1|Ada|1|95.00|89.50|1|61|6.04 EUR",
                            "bo-2|Bo|1|40.00|30.00|–|–|2.00 EUR",
                            "di-4|Di|1|5.00|4.00|–|–|0.20 EUR",
                            "Minimum|11.76 EUR",
                            "Total|20.00 EUR",
                            "Counted minutes: each use counts its first seconds at least and then in whole steps, as agreed for its price; what counts is added up.",
                            "Amount: the exact charged minutes times the price of a minute, rounded once to the decimals of the currency, half to the even digit. Minutes show four decimals.",
                            "Price: the one that holds on the day of the session.",
                            "Tiers are of all counted minutes of the period, of all users together.",
                            "Included minutes are the first counted minutes of a customer, in the order participant, recorded, session minutes. They are counted by the tiers and cost nothing.",
                            "Minimum: what the charges lack of the agreed minimum.");
            assertThat(rows(workbook, "Sessions"))
                    .extracting(row -> row.replaceFirst("\\|.*", ""))
                    .containsExactly("Session ID", "s-ada", "s-bo", "s-di-late");
        }
        try (XSSFWorkbook workbook = open("by-customer/Beta%20KK.xlsx")) {
            assertThat(rows(workbook, "Statement"))
                    .contains("Charges (JPY)|75 JPY", "Participant minutes|Video (vc)|1|6.00|6.00|6.00|12.50|75 JPY")
                    .noneMatch(
                            row -> row.startsWith("Tiers") || row.startsWith("Included") || row.startsWith("Minimum"));
        }
    }

    /** What the increments add to each use must not look like minutes that the customer still has. */
    @Test
    void countedMinutesUseUpTheIncludedOnesToTheLastDigit() throws IOException {
        Path prices = Files.writeString(folder.resolve("by-second.csv"), """
                plan,item,app_type,price,first_seconds,next_seconds
                standard,participant_minutes,*,0.10,1,1
                """);
        Path customers = Files.writeString(folder.resolve("contract.csv"), """
                user_id,customer,plan,currency,included_minutes
                *,ACME,standard,EUR,500
                """);
        tariff = Month.rated("price-list=" + prices, "customers=" + customers);
        Month month = new Month();
        for (String user : List.of("ada-1", "bo-2", "cy-3")) {
            month.with(
                    session("s-" + user, user, user, "2026-10-01T00:00:00Z", "170", AppType.VC),
                    callDetail("1", user, "2026-10-01T00:00:00Z", "166.6666"));
        }

        Report report = new Report(
                Month.head(Month.UTC),
                month,
                Month.properties("split-by=customer", "formats=xlsx", "locale=de"),
                tariff);
        Rendered.all(report, folder);

        try (XSSFWorkbook workbook = open("by-customer/ACME.xlsx")) {
            assertThat(rows(workbook, "Abrechnung"))
                    .contains(
                            "Posten|Anwendung|Staffel|Genutzte Minuten|Gezählte Minuten|Berechnete Minuten|Einzelpreis|Betrag",
                            "Teilnehmerminuten|Video (vc)|inklusive|499.9998|500.00|–|–|–");
        }
    }

    @Test
    void nothingOfAnotherCustomerIsInAnyByte() throws IOException {
        render("split-by=customer");

        assertThat(unzipped("by-customer/ACME%20%26%20Sons.xlsx"))
                .contains("ada-1", "bo-2", "di-4", "s-di-late")
                .doesNotContain("Beta", "cy-3", "s-cy", "s-di-early", "JPY", "500");
        assertThat(unzipped("by-customer/Beta%20KK.xlsx"))
                .contains("cy-3", "di-4", "s-di-early")
                .doesNotContain("ACME", "ada-1", "bo-2", "s-ada", "s-bo", "s-di-late", "EUR");
    }

    @Test
    void aUsersStatementIsThatOfAllWhoPayForHim() throws IOException {
        render("split-by=user_id");

        try (XSSFWorkbook workbook = open("by-user_id/di-4.xlsx")) {
            assertThat(rows(workbook, "Statement"))
                    .contains(
                            "Statement 2026-10: di-4", "User ID|di-4", "Charges (EUR)|0.20 EUR", "Charges (JPY)|25 JPY")
                    .containsSubsequence("Items", "Total|0.20 EUR", "Total|25 JPY")
                    .containsSubsequence(
                            "Use by user",
                            "di-4|Di|2|10.00|6.00|–|–|0.20 EUR",
                            "25 JPY",
                            "Total|0.20 EUR",
                            "Total|25 JPY");
        }
        assertThat(unzipped("by-user_id/cy-3.xlsx")).doesNotContain("ada-1", "bo-2", "di-4", "ACME", "EUR");
    }

    /** The minimum that a user pays for himself is apart in both tables. */
    @Test
    void bothTablesOfAStatementHaveTheMinimumAndTheSameTotal() throws IOException {
        tariff = Month.rated("currency=EUR", "minimum=20", "prices.vc.participant-minute=0.10");
        render("split-by=user_id");

        try (XSSFWorkbook workbook = open("by-user_id/ada-1.xlsx")) {
            assertThat(rows(workbook, "Statement"))
                    .contains("Charges (EUR)|20.00 EUR")
                    .containsSubsequence("Items", "Minimum|11.00 EUR", "Total|20.00 EUR")
                    .containsSubsequence(
                            "Use by user",
                            "ada-1|Ada|1|95.00|89.50|1|61|9.00 EUR",
                            "Minimum|11.00 EUR",
                            "Total|20.00 EUR");
        }
    }

    /** The whole and its statements agree: the sum of what each says is the total of each currency. */
    @Test
    void statementsAddUpToTheWhole() throws IOException {
        Report report = render("split-by=customer");

        assertThat(report.charges())
                .containsEntry("EUR", new BigDecimal("20.00"))
                .containsEntry("JPY", new BigDecimal("75"));
        assertThat(Rendered.names(report))
                .filteredOn(name -> name.startsWith("by-"))
                .containsExactly("by-customer/ACME%20%26%20Sons.xlsx", "by-customer/Beta%20KK.xlsx");
    }

    private Report render(String split) throws IOException {
        Report report = new Report(Month.head(Month.UTC), month(), Month.properties(split, "formats=xlsx"), tariff);
        Rendered.all(report, folder);
        return report;
    }

    private XSSFWorkbook open(String name) throws IOException {
        return new XSSFWorkbook(Files.newInputStream(folder.resolve(name)));
    }

    private String unzipped(String name) throws IOException {
        StringBuilder bytes = new StringBuilder();
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(folder.resolve(name)))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                bytes.append(entry.getName()).append(new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return bytes.toString();
    }

    /** Rows that are not empty, without their empty cells. */
    private static List<String> rows(XSSFWorkbook workbook, String sheet) {
        DataFormatter formatter = new DataFormatter();
        formatter.setUseCachedValuesForFormulaCells(true);
        List<String> rows = new ArrayList<>();
        for (Row row : workbook.getSheet(sheet)) {
            List<String> cells = new ArrayList<>();
            for (Cell cell : row) {
                String text = formatter.formatCellValue(cell).strip();
                if (!text.isEmpty()) {
                    cells.add(text);
                }
            }
            if (!cells.isEmpty()) {
                rows.add(String.join("|", cells));
            }
        }
        return rows;
    }
}
