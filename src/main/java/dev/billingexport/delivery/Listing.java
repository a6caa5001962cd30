package dev.billingexport.delivery;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The pages of a listing, each requested when needed. The SDK's paginator can't be used: it takes a listing as complete
 * where a store says that there is more but not how to continue, and it never ends where a store repeats itself.
 */
final class Listing implements Iterator<ListObjectsV2Response> {

    private final S3Client client;
    private final String bucket;
    private final String prefix;
    private final @Nullable String delimiter;
    private @Nullable String token;
    private @Nullable String after;
    private boolean done;

    /** @param delimiter null to include deeper folders */
    Listing(S3Client client, String bucket, String prefix, @Nullable String delimiter) {
        this.client = client;
        this.bucket = bucket;
        this.prefix = prefix;
        this.delimiter = delimiter;
    }

    @Override
    public boolean hasNext() {
        return !done;
    }

    @Override
    public ListObjectsV2Response next() {
        if (done) {
            throw new NoSuchElementException();
        }
        ListObjectsV2Response page = client.listObjectsV2(request -> request.bucket(bucket)
                .prefix(prefix)
                .delimiter(delimiter)
                .continuationToken(token)
                .startAfter(token == null ? after : null));
        done = !Boolean.TRUE.equals(page.isTruncated());
        if (!done) {
            goOn(page.nextContinuationToken(), last(page));
        }
        return page;
    }

    private void goOn(@Nullable String nextToken, @Nullable String last) {
        boolean same = nextToken == null ? last == null || last.equals(after) : nextToken.equals(token);
        if (same) {
            throw SdkClientException.create(
                    "the store says that there is more under " + prefix + ", but lists the same again");
        }
        token = nextToken;
        after = last;
    }

    /** Returns the last name of a page in the listing's order, of an object or a folder. */
    private static @Nullable String last(ListObjectsV2Response page) {
        return Stream.concat(
                        page.contents().stream().map(S3Object::key),
                        page.commonPrefixes().stream().map(CommonPrefix::prefix))
                .filter(Objects::nonNull)
                .max(String::compareTo)
                .orElse(null);
    }
}
