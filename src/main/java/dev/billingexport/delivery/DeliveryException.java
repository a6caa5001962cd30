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
 * to do. Nothing that was delivered before has been changed.
 */
public class DeliveryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DeliveryException(String message) {
        this(message, null);
    }

    DeliveryException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** A revision is there that is not this run's. */
    static DeliveryException anotherRuns(Object revision, Manifest there) {
        return new DeliveryException(revision + " was delivered by another run (its run " + there.run() + ", at "
                + there.deliveredAt() + ") and holds something else. It was not changed; a revision never is."
                + " Run again with --rerun: that delivers the next revision.");
    }

    /** Another run is writing to the period at this moment. */
    static DeliveryException busy(Object period, String holder) {
        return new DeliveryException("Another run is delivering to " + period + " right now: " + holder
                + ". Nothing of this run was delivered, and what was collected is kept. Wait until the other has ended,"
                + " then resume.");
    }

    /** A revision of this run's is there, but is no longer what it was. */
    static DeliveryException changed(Object file, Object revision, Manifest there) {
        return new DeliveryException(file + " is missing or has been changed since it was delivered at "
                + there.deliveredAt() + ". Move " + revision + " away, then resume: it is delivered afresh.");
    }

    /** A revision of this run's is there, with something in it that was never delivered. */
    static DeliveryException stray(Object file, Manifest there) {
        return new DeliveryException(file + " lies in revision " + there.revision() + ", which was delivered at "
                + there.deliveredAt() + ", but its " + Manifest.NAME + " names no such file. Move the file away, then"
                + " resume.");
    }

    /** What the server or the line said, as a clause. Neither ever repeats a secret. */
    static String reason(Exception e) {
        if (e instanceof AwsServiceException refusal) {
            return S3Refusal.reason(refusal);
        }
        if (e instanceof SdkException && String.valueOf(e.getMessage()).startsWith("Unable to load credentials")) {
            return "no AWS credentials were found, neither in the environment (AWS_ACCESS_KEY_ID and"
                    + " AWS_SECRET_ACCESS_KEY) nor in a profile, nor has this machine a role";
        }
        return e instanceof IOException io ? reason(io) : String.valueOf(e.getMessage());
    }

    /** What the system said, as a clause: the file system's own exceptions often hold nothing but a path. */
    static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied for " + e.getMessage();
        }
        if (e instanceof NoSuchFileException) {
            return e.getMessage() + " doesn't exist";
        }
        if (e instanceof NotDirectoryException || e instanceof FileAlreadyExistsException) {
            return e.getMessage() + " is in the way";
        }
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }
}
