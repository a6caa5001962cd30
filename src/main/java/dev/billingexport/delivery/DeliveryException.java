package dev.billingexport.delivery;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.jspecify.annotations.Nullable;

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
