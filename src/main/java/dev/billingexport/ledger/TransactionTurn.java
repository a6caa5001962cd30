package dev.billingexport.ledger;

import java.util.concurrent.locks.ReentrantLock;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** A lock of this process that a transaction holds until its end. Fair and thread-safe. */
final class TransactionTurn {

    private final ReentrantLock lock = new ReentrantLock(true);

    /** Waits for the lock, unless the present transaction has it. */
    void take() {
        if (!lock.isHeldByCurrentThread()) {
            lock.lock();
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCompletion(int status) {
                    lock.unlock();
                }
            });
        }
    }
}
