package dev.billingexport.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.billingexport.testing.EmbeddedServer;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class LedgerConfigurationTest {

    @Test
    void theDefaultIsolationOfADatabaseIsNotUsed() {
        String url = EmbeddedServer.newDatabase();
        EmbeddedServer.execute("ALTER DATABASE %s SET default_transaction_isolation = 'serializable'"
                .formatted(url.replaceFirst(".*/", "")));
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setJdbcUrl(url);
            pool.setUsername(EmbeddedServer.USER);

            JdbcClient jdbc = JdbcClient.create(LedgerConfiguration.onPostgresql(pool));

            assertThat(jdbc.sql("SHOW transaction_isolation")
                            .query(String.class)
                            .single())
                    .isEqualTo("read committed");
        }
    }
}
