package dev.billingexport.delivery;

import java.net.URI;
import java.time.Duration;
import java.util.Set;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The connection to an S3 server, and the only place where its requests are retried. */
final class S3Connection {

    /** Delays double from 0.1 s, or from 1 s where the server asks to slow down. */
    private static final int ATTEMPTS = 8;

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration SILENCE = Duration.ofSeconds(60);
    /**
     * Limit of one request with all its attempts: long enough for a part of a large file over a slow line, and for
     * minutes of a server's outage.
     */
    private static final Duration CALL = Duration.ofMinutes(15);

    private static final Set<String> CONFLICTS = Set.of("ConditionalRequestConflict", "OperationAborted");

    private S3Connection() {}

    static Bucket open(String bucket, S3Properties properties) {
        S3Client client =
                client(properties, DefaultCredentialsProvider.builder().build(), ATTEMPTS);
        return new Bucket(client, bucket, properties);
    }

    static S3Client client(S3Properties properties, AwsCredentialsProvider credentials, int attempts) {
        URI endpoint = properties.endpoint();
        return S3Client.builder()
                .httpClientBuilder(
                        Apache5HttpClient.builder().connectionTimeout(CONNECT).socketTimeout(SILENCE))
                .credentialsProvider(credentials)
                .region(region(properties))
                .endpointOverride(endpoint)
                .forcePathStyle(properties.pathStyle())
                // Amazon's checksum headers, and the chunked encoding that carries them, are unknown to many other
                // stores.
                .requestChecksumCalculation(
                        properties.checksums()
                                ? RequestChecksumCalculation.WHEN_SUPPORTED
                                : RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(
                        properties.checksums()
                                ? ResponseChecksumValidation.WHEN_SUPPORTED
                                : ResponseChecksumValidation.WHEN_REQUIRED)
                .serviceConfiguration(service -> service.chunkedEncodingEnabled(properties.checksums()))
                .overrideConfiguration(override -> override.apiCallTimeout(CALL)
                        .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .maxAttempts(attempts)
                                .retryOnException(S3Connection::isInTheWay)
                                .build()))
                .build();
    }

    /**
     * Returns whether a concurrent conditional write to the same object was in progress. It may be our own, if its
     * answer was lost.
     */
    private static boolean isInTheWay(Throwable refused) {
        return refused instanceof S3Exception refusal
                && refusal.statusCode() == 409
                && refusal.awsErrorDetails() != null
                && CONFLICTS.contains(String.valueOf(refusal.awsErrorDetails().errorCode()));
    }

    private static Region region(S3Properties properties) {
        if (properties.region() != null) {
            return Region.of(properties.region());
        }
        if (properties.endpoint() != null) {
            return Region.US_EAST_1;
        }
        try {
            return DefaultAwsRegionProviderChain.builder().build().getRegion();
        } catch (SdkClientException unknown) {
            throw new DeliveryException(
                    "The bucket's region is not known: set export.delivery.s3.region or AWS_REGION.");
        }
    }
}
