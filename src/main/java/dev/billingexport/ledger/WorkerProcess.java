package dev.billingexport.ledger;

import java.time.Instant;

/**
 * A process that works on windows.
 *
 * @param host the name of its machine
 * @param process its number there
 * @param since when it began
 * @param sessionsPerSecond how many sessions it puts into the ledger of late
 */
public record WorkerProcess(long id, String host, long process, Instant since, double sessionsPerSecond) {}
