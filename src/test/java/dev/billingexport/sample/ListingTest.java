package dev.billingexport.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billingexport.testing.Generator;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ListingTest {

    private static final Instant FROM = Instant.parse("2026-10-01T00:00:00Z");

    @Test
    void aPageHoldsAHundredRowsAtMost() throws Refusal {
        Listing listing = new Listing(new Generator(1, 120, FROM, FROM.plus(Duration.ofDays(1)), 0).sessions());

        assertThat(listing.page(Query.of(Map.of("page_length", "500")))).hasSize(100);
        assertThat(listing.page(Query.of(Map.of("page_length", "500", "page", "2"))))
                .hasSize(20);
        assertThat(listing.page(Query.of(Map.of("page_length", "500", "page", "3"))))
                .isEmpty();
    }
}
