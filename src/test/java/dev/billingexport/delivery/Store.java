package dev.billingexport.delivery;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What S3-compatible stores refuse, or answer in ways of their own, as their documentation and public bug reports tell.
 * Each is a line's, before a server that does all of it as Amazon does.
 */
enum Store {
    /** Cloudflare R2 and Backblaze B2: no tags, and not even their empty header. */
    WITHOUT_TAGS {
        @Override
        @Nullable
        Refusal refuse(Request request) {
            return request.headers().containsKey("x-amz-tagging")
                    ? new Refusal(501, "NotImplemented", "Header 'x-amz-tagging' with value '' not implemented")
                    : null;
        }
    },

    /**
     * A bucket policy that allows listing under a prefix alone: what isn't there is denied, as is the bucket itself, and the
     * list of unfinished uploads.
     */
    WITH_A_PREFIX_POLICY {
        @Override
        @Nullable
        Refusal refuse(Request request) {
            boolean bucketItself = request.uri().matches("/[^/?]+/?(\\?.*)?");
            return bucketItself && !request.uri().contains("prefix=deep")
                            || request.uri().contains("?uploads&")
                    ? new Refusal(403, "AccessDenied", "Access Denied")
                    : null;
        }

        @Override
        Answer change(Request request, Answer answer) {
            return answer.status() == 404 && request.isOf("GET", "HEAD")
                    ? new Refusal(403, "AccessDenied", "Access Denied").answer()
                    : answer;
        }
    },

    /** Backblaze B2, older Ceph, OVH: none of Amazon's newer checksums, nor the chunks that carry them. */
    WITHOUT_CHECKSUMS {
        @Override
        @Nullable
        Refusal refuse(Request request) {
            Set<String> names = new HashSet<>(request.headers().keySet());
            names.removeIf(name -> !name.startsWith("x-amz-checksum-")
                    && !name.equals("x-amz-sdk-checksum-algorithm")
                    && !name.equals("x-amz-trailer"));
            boolean chunked = String.valueOf(request.headers().get("x-amz-content-sha256"))
                    .startsWith("STREAMING-");
            if (names.isEmpty() && !chunked) {
                return null;
            }
            return new Refusal(
                    400,
                    "InvalidArgument",
                    "Unsupported header '"
                            + (chunked ? "x-amz-trailer" : names.iterator().next()) + "' received for this API call.");
        }
    },

    /** Alibaba OSS and others: no conditional writes. */
    WITHOUT_CONDITIONS {
        @Override
        @Nullable
        Refusal refuse(Request request) {
            boolean conditional = request.headers().containsKey("if-none-match")
                    || request.headers().containsKey("if-match");
            return conditional && request.isOf("PUT", "POST")
                    ? new Refusal(
                            501,
                            "NotImplemented",
                            "A header you provided implies functionality that is not implemented.")
                    : null;
        }
    },

    /** Older gateways: conditions are taken for nothing. */
    IGNORING_CONDITIONS {
        @Override
        Request change(Request request) {
            return request.without("if-none-match").without("if-match");
        }
    },

    /** A store that knows the older of the two conditions alone. */
    IGNORING_IF_MATCH {
        @Override
        Request change(Request request) {
            return request.without("if-match");
        }
    },

    /** A bucket with Object Lock, from which nothing can be deleted, and which wants a checksum of what it keeps. */
    WRITE_ONCE {
        @Override
        @Nullable
        Refusal refuse(Request request) {
            if (request.isOf("DELETE") && !request.uri().contains("uploadId=")) {
                return new Refusal(403, "AccessDenied", "Access Denied");
            }
            boolean checked = request.headers().keySet().stream()
                    .anyMatch(name -> name.equals("content-md5")
                            || name.equals("x-amz-trailer")
                            || name.startsWith("x-amz-checksum-"));
            return request.isOf("PUT") && !checked
                    ? new Refusal(
                            400,
                            "InvalidRequest",
                            "Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object"
                                    + " Lock parameters")
                    : null;
        }

        @Override
        Request change(Request request) {
            return request.without("x-amz-object-lock-mode").without("x-amz-object-lock-retain-until-date");
        }

        @Override
        Answer change(Request request, Answer answer) {
            return request.uri().contains("?object-lock")
                    ? new Answer(
                            200,
                            Map.of(),
                            "<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled></ObjectLockConfiguration>")
                    : answer;
        }
    },

    /** The first page of a listing, whatever is asked for. */
    REPEATING_ITSELF {
        @Override
        Request change(Request request) {
            return new Request(request.method(), request.uri().replaceAll("&start-after=[^&]*", ""), request.headers());
        }
    },

    /**
     * Ways to answer: listings of one name a page that don't say how to go on, ETags without quotes, the status of a read
     * for a condition that doesn't hold, a conflict the first time, and a failure within an answer that began well.
     */
    ODD_ANSWERS {
        private final Set<String> seen = ConcurrentHashMap.newKeySet();

        @Override
        Request change(Request request) {
            return request.uri().contains("list-type=2")
                    ? new Request(request.method(), request.uri() + "&max-keys=1", request.headers())
                    : request;
        }

        @Override
        @Nullable
        Refusal refuse(Request request) {
            boolean conditional = request.headers().containsKey("if-none-match")
                    || request.headers().containsKey("if-match");
            if (conditional && !request.isOf("GET") && seen.add(request.method() + request.uri())) {
                return request.isOf("PUT")
                        ? new Refusal(
                                409, "ConditionalRequestConflict", "A conflicting conditional operation is under way.")
                        : new Refusal(200, "InternalError", "We encountered an internal error. Please try again.");
            }
            return null;
        }

        @Override
        Answer change(Request request, Answer answer) {
            Map<String, String> headers = new java.util.HashMap<>(answer.headers());
            headers.computeIfPresent("etag", (name, value) -> value.replace("\"", ""));
            boolean listing = request.uri().contains("list-type=2");
            String body = listing
                    ? answer.body().replaceAll("<NextContinuationToken>[^<]*</NextContinuationToken>", "")
                    : answer.body();
            return new Answer(answer.status() == 412 ? 304 : answer.status(), headers, body);
        }
    };

    /** What is refused; null where nothing is. */
    @Nullable
    Refusal refuse(Request request) {
        return null;
    }

    /** The request as the server gets it. */
    Request change(Request request) {
        return request;
    }

    /** The answer as the client gets it. */
    Answer change(Request request, Answer answer) {
        return answer;
    }

    /** @param headers by their names in lower case */
    record Request(String method, String uri, Map<String, String> headers) {

        boolean isOf(String... methods) {
            return List.of(methods).contains(method);
        }

        Request without(String header) {
            Map<String, String> left = new java.util.HashMap<>(headers);
            left.remove(header.toLowerCase(Locale.ROOT));
            return new Request(method, uri, left);
        }
    }

    /** @param body byte by byte */
    record Answer(int status, Map<String, String> headers, String body) {

        byte[] bytes() {
            return body.getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    record Refusal(int status, String code, String message) {

        Answer answer() {
            return new Answer(
                    status,
                    Map.of("content-type", "application/xml"),
                    "<?xml version=\"1.0\"?><Error><Code>" + code + "</Code><Message>" + message
                            + "</Message></Error>");
        }
    }
}
