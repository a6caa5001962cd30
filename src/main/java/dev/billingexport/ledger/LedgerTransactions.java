package dev.billingexport.ledger;

import java.sql.SQLException;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.DefaultTransactionStatus;

/**
 * Manages the transactions of the ledger and of Spring Batch's metadata. On PostgreSQL none is committed after this
 * process has lost its lock. None of the work on a window is committed after its {@linkplain WindowLease lease} is lost.
 */
@Component
class LedgerTransactions extends JdbcTransactionManager {

    private static final long serialVersionUID = 1;

    private final transient ObjectProvider<LedgerLock> lock;

    LedgerTransactions(DataSource dataSource, ObjectProvider<LedgerLock> lock) {
        super(dataSource);
        this.lock = lock;
    }

    @Override
    protected void prepareForCommit(DefaultTransactionStatus status) {
        if (status.isNewTransaction() && !status.isReadOnly()) {
            lock.ifAvailable(LedgerLock::check);
            WindowLease.checkHeld(new JdbcTemplate(Objects.requireNonNull(getDataSource())));
        }
    }

    /**
     * Where a commit failed with its connection or its disk, so does the rollback. The database rolls back by itself then,
     * and Spring would report the rollback in place of the commit.
     */
    @Override
    protected void doRollback(DefaultTransactionStatus status) {
        try {
            super.doRollback(status);
        } catch (DataAccessResourceFailureException e) {
            logger.debug("Could not roll back", e);
        }
    }

    /** Spring Batch leaves a run to a human whose transaction failed; one that lost its connection can be resumed. */
    @Override
    protected RuntimeException translateException(String task, SQLException cause) {
        RuntimeException translated = super.translateException(task, cause);
        return translated instanceof TransactionException
                ? new DataAccessResourceFailureException(task + ": " + cause.getMessage(), cause)
                : translated;
    }
}
