package dev.billingexport.ledger;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;

/** Configures the data source for the ledger's database. */
@Configuration(proxyBeanMethods = false)
class LedgerConfiguration {

    @Bean
    Dialect dialect(DataSource dataSource, JdbcTemplate jdbc) {
        return Dialect.of(dataSource, jdbc);
    }

    /** Wraps the connection pool that Spring Boot creates, for every user of it. */
    @Bean
    static BeanPostProcessor ledgersDataSource() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof HikariDataSource pool && DatabaseUrl.isPostgresql(pool.getJdbcUrl())
                        ? onPostgresql(pool)
                        : bean;
            }
        };
    }

    /**
     * A transaction takes a connection with its first statement: a chunk's, for instance, when the API has answered all of
     * it. Not by spring.datasource.connection-fetch, which would come between the pool and its texts' encoding.
     *
     * @param pool one that has made no connection yet
     */
    static DataSource onPostgresql(HikariDataSource pool) {
        pool.addDataSourceProperty("reWriteBatchedInserts", "true");
        pool.addDataSourceProperty("tcpKeepAlive", "true");
        // The server's default may be another, under which concurrent windows fail.
        pool.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        LazyConnectionDataSourceProxy lazy = new LazyConnectionDataSourceProxy();
        lazy.setTargetDataSource(new EncodedDataSource(pool));
        // Else a connection would be made at once, to ask for these.
        lazy.setDefaultAutoCommit(true);
        lazy.setDefaultTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        return lazy;
    }
}
