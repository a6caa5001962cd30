package dev.billingexport.delivery;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Files can't be delivered or read. The message is for an operator: what happened, to which file, what is safe and what
 * to do. Earlier deliveries are unchanged.
 */
public class DeliveryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DeliveryException(String message) {
        this(message, null);
    }

    DeliveryException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** The revision exists and belongs to another run. */
    static DeliveryException anotherRuns(Object revision, Manifest there) {
        return new DeliveryException(revision + " was delivered by another run (its run " + there.run() + ", at "
                + there.deliveredAt() + ") and its content differs. It was not changed: revisions never are."
                + " Run again with --rerun: that delivers the next revision.");
    }

    /** Another run is writing to the period now. */
    static DeliveryException busy(Object period, String holder) {
        return new DeliveryException("Another run is delivering to " + period + " now: " + holder
                + ". Nothing of this run was delivered, and what was collected is kept. Wait until the other run has ended,"
                + " then resume.");
    }

    /** This run's revision exists, but one of its files has changed. */
    static DeliveryException changed(Object file, Object revision, Manifest there) {
        return new DeliveryException(file + " is missing or has been changed since it was delivered at "
                + there.deliveredAt() + ". Move " + revision + " away, then resume: it is delivered again.");
    }

    /** This run's revision exists, with an additional file that was never delivered. */
    static DeliveryException stray(Object file, Manifest there) {
        return new DeliveryException(file + " lies in revision " + there.revision() + ", which was delivered at "
                + there.deliveredAt() + ", but is not named in its " + Manifest.NAME + ". Move the file away, then"
                + " resume.");
    }

    /** Returns the error of the server or the connection as a clause. Holds no secret. */
    static String reason(Exception e) {
        if (e instanceof AwsServiceException refusal) {
            return S3Refusal.reason(refusal);
        }
        if (e instanceof SdkException && String.valueOf(e.getMessage()).startsWith("Unable to load credentials")) {
            return "no AWS credentials were found: neither in the environment (AWS_ACCESS_KEY_ID and"
                    + " AWS_SECRET_ACCESS_KEY), nor in a profile, nor as a role of this machine";
        }
        return e instanceof IOException io ? reason(io) : String.valueOf(e.getMessage());
    }

    /** Returns the operating system's error as a clause. Java's file system exceptions often hold only a path. */
    static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied for " + e.getMessage();
        }
        if (e instanceof NoSuchFileException) {
            return e.getMessage() + " doesn't exist";
        }
        if (e instanceof NotDirectoryException || e instanceof FileAlreadyExistsException) {
            return e.getMessage() + " exists already";
        }
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }
}
