package dev.billingexport.delivery;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Checks that a bucket can be delivered to, by making a delivery's requests with one small object. The object always
 * has the same key, so that a bucket that forbids deletion keeps one object, not one more with each check.
 */
record AccessProbe(Bucket bucket, String key) {

    private static final Logger LOG = LoggerFactory.getLogger(AccessProbe.class);

    private static final S3Requests.Origin ORIGIN = new S3Requests.Origin(0, null);

    /** Other processes that start at the same time delete the object too. */
    private static final int MAX_TRIES = 5;

    /** No object has this ETag, so a store that honours the condition writes nothing. */
    private static final String NO_ETAG = "\"00000000000000000000000000000000\"";

    /** Returns the probe for deliveries under a prefix. */
    static AccessProbe of(Bucket bucket, String prefix) {
        return new AccessProbe(bucket, prefix + ".access");
    }

    /** @throws IOException if the bucket can't be used; the message is a clause that says why */
    void tryOut() throws IOException {
        // Listed first: the refusal of a request with a body can look like a broken connection.
        bucket.folders(key);
        if (bucket.properties().objectLock() != null && !bucket.mayLock()) {
            throw new IOException(
                    "the bucket was made without Object Lock, which export.delivery.s3.object-lock needs");
        }
        writeAndRead();
        if (bucket.properties().conditionalWrites()) {
            requireConditions();
        }
        try {
            bucket.delete(key);
        } catch (S3Exception refused) {
            LOG.warn(
                    "The object {}, written to check access to the bucket, can't be deleted: {}. It stays there and is"
                            + " used for the next check. Files are delivered nevertheless.",
                    key,
                    S3Refusal.reason(refused));
        }
    }

    private void writeAndRead() throws IOException {
        byte[] written = key.getBytes(StandardCharsets.UTF_8);
        for (int tries = 1; tries <= MAX_TRIES; tries++) {
            create(written);
            Optional<Bucket.Content> read = bucket.read(key);
            if (read.isPresent() && bucket.find(key).isPresent()) {
                if (!Arrays.equals(written, read.get().bytes())) {
                    throw new IOException("the content read differs from the content written");
                }
                return;
            }
        }
        throw new IOException("an object that was written is missing");
    }

    /** Returns whether the object did not exist before. */
    private boolean create(byte[] content) throws IOException {
        try {
            bucket.create(key, content, ORIGIN);
            return true;
        } catch (S3Exception refused) {
            return whetherNotTaken("If-None-Match", refused);
        }
    }

    /** Sends writes whose conditions are not met, so that a store that honours conditions writes nothing. */
    private void requireConditions() throws IOException {
        byte[] content = key.getBytes(StandardCharsets.UTF_8);
        int tries = 1;
        while (create(content)) {
            if (tries++ == MAX_TRIES) {
                throw ignored("If-None-Match");
            }
        }
        try {
            bucket.replace(key, content, ORIGIN, NO_ETAG);
        } catch (S3Exception refused) {
            whetherNotTaken("If-Match", refused);
            return;
        }
        throw ignored("If-Match");
    }

    /** Returns false where the store honoured the condition. */
    private static boolean whetherNotTaken(String header, S3Exception refused) throws IOException {
        if (Bucket.isTaken(refused)) {
            return false;
        }
        if (S3Refusal.isNotImplemented(refused)) {
            throw new IOException(
                    S3Refusal.reason(refused) + ". If it doesn't know " + header + ", " + S3Refusal.WITHOUT_CONDITIONS,
                    refused);
        }
        throw refused;
    }

    private static IOException ignored(String header) {
        return new IOException("the store ignores " + header + "; " + S3Refusal.WITHOUT_CONDITIONS);
    }
}
