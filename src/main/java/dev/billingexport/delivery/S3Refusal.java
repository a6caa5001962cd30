package dev.billingexport.delivery;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** What a store refused, in words for an operator: what it means and, where a setting helps, which. */
final class S3Refusal {

    /** Follows what a store without conditional writes said. */
    static final String WITHOUT_CONDITIONS =
            "set export.delivery.s3.conditional-writes: false. What is lost: nothing then"
                    + " keeps two runs that deliver the same period at the same time from overwriting each other's files, so see"
                    + " to it that only one does";

    private static final String PREFIX = "export.delivery.s3.";

    private S3Refusal() {}

    /** Whether the store doesn't know something that was asked for. */
    static boolean isNotImplemented(AwsServiceException refusal) {
        return refusal.statusCode() == 501 || "NotImplemented".equals(code(refusal));
    }

    /** As a clause. It never repeats a secret. */
    static String reason(AwsServiceException refusal) {
        String code = code(refusal);
        String status = "HTTP " + refusal.statusCode() + (code == null ? "" : ", " + code);
        return meaning(refusal, code) + " (" + status + ")" + hint(refusal);
    }

    private static String meaning(AwsServiceException refusal, @Nullable String code) {
        if ("RequestTimeTooSkewed".equals(code)) {
            return "this machine's clock is too far from the server's"
                    + header(refusal, "date")
                            .map(date -> ", which says " + date)
                            .orElse("") + ": set the clock";
        }
        Optional<String> region = header(refusal, "x-amz-bucket-region");
        if (refusal.statusCode() == 301 || refusal.statusCode() == 307 || "AuthorizationHeaderMalformed".equals(code)) {
            return "the bucket is in another region"
                    + region.map(name -> ", " + name).orElse("") + ": set " + PREFIX + "region";
        }
        return switch (refusal.statusCode()) {
            case 401, 403 -> "access was denied to these credentials";
            case 404 -> code == null || code.equals("NoSuchBucket") ? "there is no such bucket" : said(refusal);
            default -> said(refusal);
        };
    }

    /** What stores that are none of Amazon's refuse, each in words of its own. */
    private static String hint(AwsServiceException refusal) {
        if (refusal.statusCode() != 400 && !isNotImplemented(refusal)) {
            return "";
        }
        String said = said(refusal).toLowerCase(Locale.ROOT);
        if (said.contains("if-none-match") || said.contains("if-match")) {
            return "; " + WITHOUT_CONDITIONS;
        }
        if (said.contains("checksum") || said.contains("trailer") || said.contains("content-sha256")) {
            return "; set " + PREFIX + "checksums: false";
        }
        if (said.contains("tagging")) {
            return "; leave out " + PREFIX + "tags";
        }
        if (said.contains("acl")) {
            return "; leave out " + PREFIX + "acl";
        }
        if (said.contains("object lock")) {
            return "; see to " + PREFIX + "object-lock and to the bucket's Object Lock";
        }
        return isNotImplemented(refusal)
                ? "; it may not know checksums (" + PREFIX + "checksums: false), tags, acl, encryption or storage-class"
                : "";
    }

    private static String said(AwsServiceException refusal) {
        AwsErrorDetails details = refusal.awsErrorDetails();
        String said = details == null ? null : details.errorMessage();
        return said == null || said.isBlank() ? "the server refused" : said.strip();
    }

    private static @Nullable String code(AwsServiceException refusal) {
        // An answer to HEAD has no body, so that nothing but the status is known.
        AwsErrorDetails details = refusal.awsErrorDetails();
        return details == null ? null : details.errorCode();
    }

    private static Optional<String> header(AwsServiceException refusal, String name) {
        AwsErrorDetails details = refusal.awsErrorDetails();
        return details == null || details.sdkHttpResponse() == null
                ? Optional.empty()
                : details.sdkHttpResponse().firstMatchingHeader(name);
    }
}
