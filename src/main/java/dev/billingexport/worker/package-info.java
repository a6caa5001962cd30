/**
 * Windows handed to other processes: Spring Batch's partitions, a request for each over a JMS broker. Front door of the
 * process that launches: {@link dev.billingexport.worker.RemoteWindows}, of one that works:
 * {@link dev.billingexport.worker.WindowWorker}. Without {@code export.workers.broker-url} nothing of it is used.
 */
@NullMarked
package dev.billingexport.worker;

import org.jspecify.annotations.NullMarked;
