package dev.billingexport.report.xlsx;

import static dev.billingexport.report.Month.callDetail;
import static dev.billingexport.report.Month.recording;
import static dev.billingexport.report.Month.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.billingexport.delivered.CsvLayout;
import dev.billingexport.delivered.DeliveredTables;
import dev.billingexport.report.Format;
import dev.billingexport.report.Month;
import dev.billingexport.report.Rendered;
import dev.billingexport.report.Report;
import dev.billingexport.report.rating.Charge;
import dev.billingexport.report.rating.Item;
import dev.billingexport.report.rating.Tariff;
import dev.billingexport.report.table.Language;
import dev.billingexport.report.table.Wording;
import dev.billingexport.session.AppType;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.DataFormatter;
import org.apache.poi.ss.usermodel.FormulaEvaluator;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The money in the workbook: what it shows, and that each formula gives the value that is stored with it. */
class ChargesSheetTest {

    private static final String PRICES = """
            plan,item,app_type,valid_from,up_to,price,first_seconds,next_seconds
            standard,participant_minutes,*,,100,0.10,60,60
            standard,participant_minutes,*,,,0.05,60,60
            standard,recorded_minutes,*,,,0.02,30,6
            flat,participant_minutes,*,,,12.5,1,1
            """;

    private static final String CUSTOMERS = """
            user_id,customer,plan,currency,included_minutes,minimum
            u-1,ACME,standard,EUR,30,20
            u-2,ACME,standard,EUR,30,20
            *,Others,flat,JPY,,
            """;

    @TempDir
    Path folder;

    @Test
    void flatChargesAreGroupedByUserWithTheMinimumLast() throws IOException {
        Month month = new Month()
                .with(
                        session("s-1", "u-1", "Ada", "2026-10-01T00:00:00Z", "1", AppType.VC),
                        callDetail("1", "Ada", "2026-10-01T00:00:00Z", "1.5"),
                        recording(1, "60", "1"))
                .with(
                        session("s-2", "u-2", "Bo", "2026-10-01T00:00:00Z", "1", AppType.VC),
                        callDetail("1", "Bo", "2026-10-02T00:00:00Z", "100"));

        try (XSSFWorkbook workbook = workbook(
                month,
                Month.rated(
                        "currency=EUR",
                        "prices.vc.participant-minute=0.1",
                        "prices.vc.recorded-minute=0.1",
                        "amount-rounding=half-up",
                        "minimum=3"))) {
            assertThat(rows(workbook, "Charges", 8))
                    .startsWith(
                            "User ID|User name|Application|Item|Quantity (minutes)|Unit price|Amount|Currency",
                            "u-1|Ada|Video (vc)|Participant minutes|2.00|0.10|0.20 EUR|EUR",
                            "u-1|Ada|Video (vc)|Recorded minutes|1.00|0.10|0.10 EUR|EUR",
                            "u-1|Ada||Minimum|||2.70 EUR|EUR",
                            "Total u-1||||||3.00 EUR|",
                            "u-2|Bo|Video (vc)|Participant minutes|100.00|0.10|10.00 EUR|EUR",
                            "Total||||||13.00 EUR|");
            assertThat(text(workbook, "Charges"))
                    .contains("rounded up to whole minutes")
                    .contains("what is below zero is charged as zero")
                    .contains("charged once")
                    .contains("2 decimals (EUR), half up")
                    .contains("Video (vc): 0.10 EUR for a participant minute, 0.10 EUR for a recorded minute.")
                    .contains("charged 3.00 EUR at least, all applications together");
            assertThat(rows(workbook, "Users", 11))
                    .startsWith(
                            "User ID|User name|Application|Sessions|Session minutes|Call details|Call detail minutes|Recordings|Recorded seconds|Recorded bytes|Amount (EUR)",
                            "u-1|Ada|Video (vc)|1|1.00|1|1.50|1|60|1|3.00 EUR")
                    .anyMatch(row -> row.startsWith("Total|") && row.endsWith("|13.00 EUR"));
            assertThat(rows(workbook, "Days", 10)).anyMatch(row -> row.endsWith("|10.30 EUR"));
            assertThat(text(workbook, "Summary")).contains("Charges (EUR)").contains("13.00 EUR");
            assertFormulasAgree(workbook);
        }
    }

    @Test
    void listedChargesAreGroupedByCustomerAndUserInTheirCurrencies() throws IOException {
        Month month = new Month()
                .with(
                        session("s-1", "u-1", "Ada", "2026-10-01T00:00:00Z", "1", AppType.VC),
                        callDetail("1", "Ada", "2026-10-01T00:00:00Z", "90"),
                        recording(1, "31", "1"))
                .with(
                        session("s-2", "u-2", "Bo", "2026-10-02T00:00:00Z", "1", AppType.WB),
                        callDetail("1", "Bo", "2026-10-02T00:00:00Z", "30"))
                .with(
                        session("s-3", "u-3", "Cy", "2026-10-03T00:00:00Z", "1", AppType.VC),
                        callDetail("1", "Cy", "2026-10-03T00:00:00Z", "0.1"));

        try (XSSFWorkbook workbook = workbook(month, listed())) {
            assertThat(rows(workbook, "Charges", 14))
                    .startsWith(
                            "Customer|Plan|User ID|User name|Application|Item|Tier|Used minutes|Charged minutes|Row of price list|Quantity (minutes)|Unit price|Amount|Currency",
                            "ACME|standard|u-1|Ada|Video (vc)|Participant minutes|Included|30.00|–||–|–|–|EUR",
                            "ACME|standard|u-1|Ada|Video (vc)|Participant minutes|1|60.00|60.00|2|60.00|0.10|6.00 EUR|EUR",
                            "ACME|standard|u-1|Ada|Video (vc)|Recorded minutes|1|0.5167|0.60|4|0.60|0.02|0.01 EUR|EUR",
                            "Total u-1||||||||||||6.01 EUR|",
                            "ACME|standard|u-2|Bo|Webinar (wb)|Participant minutes|1|10.00|10.00|2|10.00|0.10|1.00 EUR|EUR",
                            "ACME|standard|u-2|Bo|Webinar (wb)|Participant minutes|2|20.00|20.00|3|20.00|0.05|1.00 EUR|EUR",
                            "Total u-2||||||||||||2.00 EUR|",
                            "ACME|||||Minimum|||||||11.99 EUR|EUR",
                            "Total ACME||||||||||||20.00 EUR|",
                            "Others|flat|u-3|Cy|Video (vc)|Participant minutes|1|0.10|0.10|5|0.10|12.50|1 JPY|JPY",
                            "Total||||||||||||20.00 EUR|",
                            "Total||||||||||||1 JPY|");
            assertThat(rows(workbook, "Customers", 9))
                    .startsWith(
                            "Customer|Plan|Users|Used minutes|Charged minutes|Amount|Minimum|Total|Currency",
                            "ACME|standard|2|120.5167|90.60|8.01 EUR|11.99 EUR|20.00 EUR|EUR",
                            "Others|flat|1|0.10|0.10|1 JPY|–|1 JPY|JPY");
            assertThat(rows(workbook, "Users", 12))
                    .contains(
                            "u-1|Ada|Video (vc)|1|1.00|1|90.00|1|31|1|6.01 EUR|–",
                            "u-3|Cy|Video (vc)|1|1.00|1|0.10|–|–|–|–|1 JPY");
            assertThat(text(workbook, "Summary")).contains("Charges (EUR)", "20.00 EUR", "Charges (JPY)", "1 JPY");
            assertFormulasAgree(workbook);
        }
    }

    @Test
    void theCsvFileSaysTheSame() throws IOException {
        Month month = new Month()
                .with(
                        session("s-1", "u-1", "Ada", "2026-10-01T00:00:00Z", "1", AppType.VC),
                        callDetail("1", "Ada", "2026-10-01T00:00:00Z", "40"));

        new Report(Month.head(Month.UTC), month, Month.properties(Format.CSV), listed()).render("charges.csv", folder);

        assertThat(folder.resolve("charges.csv")).hasContent("""
                        customer,plan,user_id,user_name,app_type,item,tier,used_minutes,charged_minutes,price_list_row,quantity,unit_price,amount,currency
                        ACME,standard,u-1,Ada,vc,participant_minutes,included,30.0000,0.0000,,0.0000,0,0.00,EUR
                        ACME,standard,u-1,Ada,vc,participant_minutes,1,10.0000,10.0000,2,10.0000,0.10,1.00,EUR
                        ACME,,,,,minimum,,,,,,,19.00,EUR
                        """);
    }

    @Test
    void aChangedPriceIsToldByCustomer() throws IOException {
        Month month = new Month()
                .with(
                        session("s-1", "u-1", "Ada", "2026-10-01T00:00:00Z", "1", AppType.VC),
                        callDetail("1", "Ada", "2026-10-01T00:00:00Z", "400"))
                .with(
                        session("s-2", "u-9", "Cy", "2026-10-03T00:00:00Z", "1", AppType.VC),
                        callDetail("1", "Cy", "2026-10-03T00:00:00Z", "2"));
        Report before = new Report(Month.head(Month.UTC), month, Month.properties(Format.CSV), listed());
        Path delivered = Files.createDirectories(folder.resolve("delivered"));
        Map<String, Path> files = new HashMap<>();
        Rendered.all(before, delivered).forEach(file -> files.put(file.name(), delivered.resolve(file.name())));
        Files.writeString(folder.resolve("prices.csv"), PRICES.replace(",0.05,", ",0.06,"));
        Tariff dearer = Month.rated(
                "price-list=" + folder.resolve("prices.csv"), "customers=" + folder.resolve("customers.csv"));

        Report after = new Report(Month.head(Month.UTC), month, Month.properties(Format.XLSX), dearer);
        after = after.amending(DeliveredTables.of(files, CsvLayout.PLAIN)
                .orElseThrow()
                .changes(1, after.tables(), Files.createDirectories(folder.resolve("scratch"))));
        after.render("billing_2026-10.xlsx", folder);

        try (XSSFWorkbook workbook = new XSSFWorkbook(Files.newInputStream(folder.resolve("billing_2026-10.xlsx")))) {
            assertThat(rows(workbook, "Amendments", 6))
                    .contains(
                            "Customer|User ID|Currency|Amount before|Amount after|Amount, difference",
                            "ACME||EUR|22.00|25.00|3.00",
                            "||EUR|22.00|25.00|3.00",
                            "||JPY|25.00|25.00|–");
            assertThat(text(workbook, "Summary"))
                    .contains(
                            "Since revision 1: 0 added, 0 removed, 0 changed.",
                            "Charges (EUR): 22.00 before, 25.00 now.");
        }
    }

    /** Whatever the uses, and to the last digit. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void everyFileSaysTheSameAmounts(long seed) throws IOException {
        Random random = new Random(seed);
        Month month = new Month();
        for (int i = 0; i < 40; i++) {
            String date = "2026-10-%02dT12:00:00Z".formatted(1 + i % 31);
            month.with(
                    session("s-" + i, "u-" + random.nextInt(6), "Ada", date, "1", AppType.values()[random.nextInt(2)]),
                    callDetail(
                            "" + i,
                            "Ada",
                            date,
                            new BigDecimal(random.nextInt(100_000))
                                    .movePointLeft(3)
                                    .toPlainString()),
                    recording(1, String.valueOf(random.nextInt(10_000)), "1"));
        }
        Report report = new Report(Month.head(Month.UTC), month, Month.properties(Format.values()), listed());
        Rendered.all(report, folder);

        Map<String, BigDecimal> csv = new HashMap<>();
        Files.readAllLines(folder.resolve("charges.csv")).stream()
                .skip(1)
                .map(line -> line.split(","))
                .forEach(cells -> csv.merge(cells[13], new BigDecimal(cells[12]), BigDecimal::add));
        assertThat(report.charges()).containsExactlyInAnyOrderEntriesOf(csv);
        try (XSSFWorkbook workbook = new XSSFWorkbook(Files.newInputStream(folder.resolve("billing_2026-10.xlsx")))) {
            assertFormulasAgree(workbook);
            csv.forEach((currency, amount) -> {
                String shown = new Wording(Language.EN).amount(amount);
                assertThat(rows(workbook, "Charges", 14))
                        .anyMatch(row -> row.matches("Total\\|+" + shown + " " + currency + "\\|"));
                assertThat(text(workbook, "Summary")).contains(shown + " " + currency);
                assertThat(folder.resolve("report.html")).content().contains("<dd>" + shown + "</dd>");
            });
        }
    }

    /** Binary numbers and half cents: whatever the figures, the formula that is written gives the amount. */
    @Test
    void aFormulaGivesTheAmountOrIsNotThere() {
        Random random = new Random(1);
        int without = 0;
        for (int i = 0; i < 100_000; i++) {
            int digits = random.nextInt(4);
            BigDecimal seconds = new BigDecimal(random.nextInt(1_000_000)).movePointLeft(random.nextInt(3));
            BigDecimal price = new BigDecimal(random.nextInt(10_000)).movePointLeft(random.nextInt(5));
            RoundingMode mode = random.nextBoolean() ? RoundingMode.HALF_EVEN : RoundingMode.HALF_UP;
            BigDecimal amount = seconds.multiply(price).divide(BigDecimal.valueOf(60), digits, mode);
            Charge charge = new Charge(
                    "c",
                    "p",
                    "u",
                    AppType.VC,
                    Item.PARTICIPANT_MINUTES,
                    "1",
                    2,
                    seconds,
                    seconds,
                    price,
                    amount,
                    Currency.getInstance("EUR"));
            if (new ChargeFormula("E2", "F2").of(charge).isEmpty()) {
                without++;
            }
        }
        assertThat(without).isLessThan(10);
    }

    private Tariff listed() throws IOException {
        Path prices = Files.writeString(folder.resolve("prices.csv"), PRICES);
        Path customers = Files.writeString(folder.resolve("customers.csv"), CUSTOMERS);
        return Month.rated("price-list=" + prices, "customers=" + customers);
    }

    private XSSFWorkbook workbook(Month month, Tariff tariff) throws IOException {
        new Report(Month.head(Month.UTC), month, Month.properties(Format.XLSX), tariff)
                .render("billing_2026-10.xlsx", folder);
        return new XSSFWorkbook(Files.newInputStream(folder.resolve("billing_2026-10.xlsx")));
    }

    private static List<String> rows(XSSFWorkbook workbook, String sheet, int columns) {
        DataFormatter formatter = new DataFormatter();
        formatter.setUseCachedValuesForFormulaCells(true);
        List<String> rows = new ArrayList<>();
        for (Row row : workbook.getSheet(sheet)) {
            List<String> cells = new ArrayList<>();
            for (int column = 0; column < columns; column++) {
                Cell cell = row.getCell(column);
                cells.add(cell == null ? "" : formatter.formatCellValue(cell).strip());
            }
            rows.add(String.join("|", cells));
        }
        return rows;
    }

    private static String text(XSSFWorkbook workbook, String sheet) {
        return String.join("\n", rows(workbook, sheet, 12));
    }

    private static void assertFormulasAgree(XSSFWorkbook workbook) {
        FormulaEvaluator evaluator = workbook.getCreationHelper().createFormulaEvaluator();
        int compared = 0;
        for (Sheet sheet : workbook) {
            for (Row row : sheet) {
                for (Cell cell : row) {
                    if (cell.getCellType() == CellType.FORMULA
                            && cell.getCachedFormulaResultType() == CellType.NUMERIC) {
                        double stored = cell.getNumericCellValue();
                        assertThat(evaluator.evaluate(cell).getNumberValue())
                                .as(sheet.getSheetName() + " " + cell.getAddress() + " " + cell.getCellFormula())
                                .isEqualTo(stored, within(1e-9));
                        compared++;
                    }
                }
            }
        }
        assertThat(compared).isGreaterThan(20);
    }
}
