package dev.billingexport.delivery;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Tries out whether a bucket can be delivered to, by doing with one small object what a delivery does. It always has the
 * same name, so that a bucket which deletes nothing keeps one and not one more with each try.
 */
record AccessProbe(Bucket bucket, String key) {

    private static final Logger LOG = LoggerFactory.getLogger(AccessProbe.class);

    private static final S3Requests.Origin ORIGIN = new S3Requests.Origin(0, null);

    /** Others that start at the same time delete the object as well. */
    private static final int MAX_TRIES = 5;

    /** No object has it: a store that minds the condition writes nothing. */
    private static final String NO_ETAG = "\"00000000000000000000000000000000\"";

    /** The probe of what is to lie under a prefix. */
    static AccessProbe of(Bucket bucket, String prefix) {
        return new AccessProbe(bucket, prefix + ".access");
    }

    /** @throws IOException says in a clause what is wrong */
    void tryOut() throws IOException {
        // Asked first: a refusal of a request with a body can look like a broken line.
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
                    "The object {} that was written to try out the bucket can't be deleted: {}. It stays there, and is"
                            + " used again. Files are delivered all the same.",
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
                    throw new IOException("what is read is not what was written");
                }
                return;
            }
        }
        throw new IOException("what was written is not there");
    }

    /** Whether nothing was there. */
    private boolean create(byte[] content) throws IOException {
        try {
            bucket.create(key, content, ORIGIN);
            return true;
        } catch (S3Exception refused) {
            return whetherNotTaken("If-None-Match", refused);
        }
    }

    /** With conditions that don't hold, so that a store that minds them writes nothing. */
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

    /** False where the condition was minded. */
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
