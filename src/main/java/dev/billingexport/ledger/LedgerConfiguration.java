package dev.billingexport.ledger;

import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** What the ledger needs of its database, whichever it is. */
@Configuration(proxyBeanMethods = false)
class LedgerConfiguration {

    @Bean
    Dialect dialect(DataSource dataSource, JdbcTemplate jdbc) {
        return Dialect.of(dataSource, jdbc);
    }

    /** Spring Boot makes the pool of connections; this makes the ledger's of it, for all that uses it. */
    @Bean
    static BeanPostProcessor ledgersDataSource() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                if (!(bean instanceof HikariDataSource pool) || !DatabaseUrl.isPostgresql(pool.getJdbcUrl())) {
                    return bean;
                }
                pool.addDataSourceProperty("reWriteBatchedInserts", "true");
                pool.addDataSourceProperty("tcpKeepAlive", "true");
                return new EncodedDataSource(pool);
            }
        };
    }
}
