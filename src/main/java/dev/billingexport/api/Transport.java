package dev.billingexport.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/** Sends HTTP requests; handles compression and time-outs. */
final class Transport implements AutoCloseable {

    /** Twice the size of a page of a thousand sessions with the longest names seen. */
    static final long MAX_BODY_BYTES = 64L << 20;

    private static final int MAX_READ_TIMEOUTS = 10;

    private static final Header[] HEADERS = {
        new BasicHeader(HttpHeaders.CONTENT_TYPE, ContentType.APPLICATION_JSON.getMimeType()),
        new BasicHeader(HttpHeaders.ACCEPT, ContentType.APPLICATION_JSON.getMimeType()),
        new BasicHeader(HttpHeaders.ACCEPT_ENCODING, "gzip"),
        new BasicHeader(HttpHeaders.USER_AGENT, "billing-export")
    };

    private final ScheduledThreadPoolExecutor watch = new ScheduledThreadPoolExecutor(1, daemons("answer-guard-"));
    private final PayloadReader payloads = new PayloadReader();
    private final CloseableHttpClient http;
    private final RequestConfig timeouts;
    private final AnswerGuard guard;
    private final String baseUrl;

    Transport(SourceProperties source, Network network, long maxBodyBytes) {
        baseUrl = source.baseUrl().toASCIIString();
        watch.setRemoveOnCancelPolicy(true);
        guard = new AnswerGuard(maxBodyBytes, source.readTimeout().multipliedBy(MAX_READ_TIMEOUTS), watch);
        timeouts = RequestConfig.custom()
                .setConnectionRequestTimeout(Timeout.of(source.connectTimeout()))
                .setResponseTimeout(Timeout.of(source.readTimeout()))
                .build();
        http = Connections.client(source, network);
    }

    private static CustomizableThreadFactory daemons(String prefix) {
        CustomizableThreadFactory threads = new CustomizableThreadFactory(prefix);
        threads.setDaemon(true);
        return threads;
    }

    /** Returns a request for a route, without headers. */
    HttpUriRequestBase request(Method method, String route) {
        HttpUriRequestBase request = new HttpUriRequestBase(method.name(), URI.create(baseUrl + route));
        request.setConfig(timeouts);
        request.setHeaders(HEADERS);
        return request;
    }

    /**
     * Sends a request once.
     *
     * @throws IOException if no complete answer arrives
     */
    Answer answer(HttpUriRequestBase request) throws IOException {
        return guard.inTime(
                request,
                () -> http.execute(request, response -> {
                    try {
                        Header retryAfter = response.getFirstHeader(HttpHeaders.RETRY_AFTER);
                        return new Answer(
                                response.getCode(),
                                retryAfter == null ? null : retryAfter.getValue(),
                                payload(response.getEntity()));
                    } catch (IOException e) {
                        // HttpClient would read the rest of a body before it closes it.
                        request.cancel();
                        throw e;
                    }
                }));
    }

    private Payload payload(@Nullable HttpEntity entity) throws IOException {
        if (entity == null || entity.getContentLength() == 0) {
            return Payload.EMPTY;
        }
        Charset charset = charset(entity.getContentType());
        String coding = Objects.requireNonNullElse(entity.getContentEncoding(), "identity");
        return switch (coding.toLowerCase(Locale.ROOT)) {
            case "identity" -> payloads.read(guard.bounded(entity.getContent()), charset, entity.getContentLength());
            case "gzip", "x-gzip" -> payloads.read(guard.bounded(gunzip(entity.getContent())), charset, -1);
            default ->
                PayloadReader.unread(
                        guard.bounded(entity.getContent()),
                        new Payload(null, "it has the content coding " + coding + ", which was not requested"));
        };
    }

    /** Returns the charset that a header names; null where it names none, or an unknown one. */
    private static @Nullable Charset charset(@Nullable String contentType) {
        ContentType type = ContentType.parseLenient(contentType);
        return type == null ? null : type.getCharset();
    }

    /** The JDK's GZIPInputStream recurses for each member of a file, until the stack overflows. */
    private static InputStream gunzip(InputStream body) throws IOException {
        return GzipCompressorInputStream.builder()
                .setInputStream(body)
                .setDecompressConcatenated(true)
                .get();
    }

    @Override
    public void close() {
        watch.shutdownNow();
        try {
            http.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
