package dev.billingexport.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.billingexport.testing.EmbeddedServer;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Processes that want the same ledger on PostgreSQL, each with connections of its own. */
class LedgerLockTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-02T04:30:00Z"), ZoneOffset.UTC);

    private final List<Contender> contenders = new ArrayList<>();
    private String url;

    @BeforeEach
    void createTables() {
        url = EmbeddedServer.newDatabase();
        Migrations.configuration("postgresql")
                .dataSource(url, EmbeddedServer.USER, "")
                .load()
                .migrate();
    }

    @AfterEach
    void close() {
        contenders.forEach(Contender::close);
    }

    @Test
    void oneProcessHasItAndSaysSo() throws SQLException {
        Contender first = contender();
        Contender second = contender();
        first.enter();

        assertThatThrownBy(second.lock::acquire)
                .isInstanceOf(DatabaseInUseException.class)
                .hasMessageContaining(
                        "in use by process " + ProcessHandle.current().pid() + " on ")
                .hasMessageContaining("since 2026-11-02T04:30:00Z")
                .hasMessageContaining(url)
                .hasMessageContaining("spring.datasource.url");
        assertThat(second.lock.holder().orElseThrow()).endsWith(" since 2026-11-02T04:30:00Z");

        first.lock.close();

        assertThat(second.lock.holder()).isEmpty();
        second.enter();
        second.commit("second");
        assertThat(second.written()).containsExactly("second");
    }

    @Test
    void anotherSchemaIsAnotherLedger() {
        contender().enter();
        EmbeddedServer.execute(url, "CREATE SCHEMA other");
        Contender other = contender(url + "?currentSchema=other");

        other.lock.acquire();

        assertThat(other.lock.holder()).isEmpty();
    }

    @Test
    void whoLostItCommitsNothing() {
        Contender contender = contender();
        contender.enter();
        contender.commit("before");

        contender.loseLock();

        assertThatThrownBy(() -> contender.commit("after")).isInstanceOf(LockLostException.class);
        assertThat(contender.written()).containsExactly("before");
    }

    /** Its transaction was under way when it lost the lock and another process took it. */
    @Test
    void whoWakesUpBesideAnotherCommitsNothing() {
        Contender frozen = contender();
        Contender next = contender();
        frozen.enter();

        assertThatThrownBy(() -> frozen.transactions.executeWithoutResult(status -> {
                    frozen.write("frozen");
                    frozen.loseLock();
                    next.enter();
                    next.commit("next");
                }))
                .isInstanceOf(LockLostException.class);

        assertThat(next.written()).containsExactly("next");
    }

    /** What was checked is committed before another process can see the ledger as its own. */
    @Test
    void theNextOneWaitsForWhatIsBeingCommitted() throws Exception {
        Contender slow = contender();
        Contender next = contender();
        slow.enter();
        CountDownLatch checked = new CountDownLatch(1);
        CountDownLatch waited = new CountDownLatch(1);
        CompletableFuture<Void> commit = CompletableFuture.runAsync(() -> slow.plain.executeWithoutResult(status -> {
            slow.write("slow");
            slow.lock.check();
            checked.countDown();
            await(waited);
        }));
        await(checked);
        slow.loseLock();
        next.lock.acquire();
        CompletableFuture<List<String>> seen = CompletableFuture.supplyAsync(() -> {
            next.lock.enter();
            return next.written();
        });
        EmbeddedServer.awaitWaiting(url);

        waited.countDown();

        commit.get(1, TimeUnit.MINUTES);
        assertThat(seen.get(1, TimeUnit.MINUTES)).containsExactly("slow");
    }

    @Test
    void whoOnlyLooksIsNotChecked() {
        Contender reader = contender();
        contender().enter();

        assertThat(reader.written()).isEmpty();
        reader.commit("a worker");
        assertThat(reader.written()).containsExactly("a worker");
    }

    private Contender contender() {
        return contender(url);
    }

    private Contender contender(String at) {
        Contender contender = new Contender(at);
        contenders.add(contender);
        return contender;
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Contender implements AutoCloseable {

        final LedgerLock lock;
        final TransactionTemplate transactions;
        final TransactionTemplate plain;
        private final HikariDataSource pool = new HikariDataSource();
        private final JdbcClient jdbc;

        Contender(String url) {
            pool.setJdbcUrl(url);
            pool.setUsername(EmbeddedServer.USER);
            pool.setMaximumPoolSize(4);
            pool.setMinimumIdle(0);
            jdbc = JdbcClient.create(pool);
            lock = new LedgerLock(pool, url, CLOCK);
            StaticListableBeanFactory beans = new StaticListableBeanFactory();
            beans.addBean("lock", lock);
            transactions =
                    new TransactionTemplate(new LedgerTransactions(pool, beans.getBeanProvider(LedgerLock.class)));
            plain = new TransactionTemplate(new JdbcTransactionManager(pool));
        }

        void enter() {
            lock.acquire();
            lock.enter();
        }

        void write(String name) {
            jdbc.sql("INSERT INTO displaced_sessions (scope, longest) VALUES (?, 1)")
                    .param(name)
                    .update();
        }

        void commit(String name) {
            transactions.executeWithoutResult(status -> write(name));
        }

        List<String> written() {
            return jdbc.sql("SELECT scope FROM displaced_sessions ORDER BY scope")
                    .query(String.class)
                    .list();
        }

        /** Ends the session of the lock, as a firewall or an administrator does, and no other. */
        void loseLock() {
            jdbc.sql("SELECT pg_terminate_backend(backend, 60000) FROM ledger_holder")
                    .query(Boolean.class)
                    .single();
        }

        @Override
        public void close() {
            pool.close();
        }
    }
}
