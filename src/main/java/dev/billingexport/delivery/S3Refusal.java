package dev.billingexport.delivery;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Describes a store's refusal for an operator: what it means and, where a setting helps, which one. */
final class S3Refusal {

    /** Appended to the error of a store without conditional writes. */
    static final String WITHOUT_CONDITIONS = "set export.delivery.s3.conditional-writes: false. Nothing then"
            + " prevents two runs that deliver the same period at the same time from overwriting each other's files, so"
            + " make sure that only one does";

    private static final String PREFIX = "export.delivery.s3.";

    private S3Refusal() {}

    /** Returns whether the store doesn't support something that was requested. */
    static boolean isNotImplemented(AwsServiceException refusal) {
        return refusal.statusCode() == 501 || "NotImplemented".equals(code(refusal));
    }

    /** Returns the reason as a clause. Holds no secret. */
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
            case 404 -> code == null || code.equals("NoSuchBucket") ? "the bucket doesn't exist" : said(refusal);
            default -> said(refusal);
        };
    }

    /** Returns what to set for refusals of stores other than Amazon's, which each have their own texts. */
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
            return "; check " + PREFIX + "object-lock and the bucket's Object Lock";
        }
        return isNotImplemented(refusal)
                ? "; it may not know checksums (" + PREFIX + "checksums: false), tags, acl, encryption or storage-class"
                : "";
    }

    private static String said(AwsServiceException refusal) {
        AwsErrorDetails details = refusal.awsErrorDetails();
        String said = details == null ? null : details.errorMessage();
        return said == null || said.isBlank() ? "the server gave no reason" : said.strip();
    }

    private static @Nullable String code(AwsServiceException refusal) {
        // An answer to HEAD has no body, so only its status is known.
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
