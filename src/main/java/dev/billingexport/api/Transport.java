package dev.billingexport.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.entity.InputStreamFactory;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.utils.URIUtils;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/** The HTTP beneath: connections and time-outs. It repeats, follows and remembers nothing on its own. */
final class Transport implements AutoCloseable {

    /** A page of a thousand sessions with the longest names ever seen is half of it. */
    static final long MAX_BODY_BYTES = 64L << 20;

    private static final int MOST_READ_TIMEOUTS = 10;

    private final ScheduledThreadPoolExecutor watch = new ScheduledThreadPoolExecutor(1, daemons("answer-guard-"));
    private final CloseableHttpClient http;
    private final PayloadReader payloads = new PayloadReader();
    private final HttpHost server;
    private final String path;

    Transport(SourceProperties source, long maxBodyBytes) {
        server = URIUtils.extractHost(source.baseUrl());
        path = URI.create(source.baseUrl().toASCIIString()).getRawPath();
        watch.setRemoveOnCancelPolicy(true);
        Timeout connect = Timeout.of(source.connectTimeout());
        Timeout read = Timeout.of(source.readTimeout());
        http = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setMaxConnTotal(source.maxInFlight())
                        .setMaxConnPerRoute(source.maxInFlight())
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(connect)
                                .setSocketTimeout(read)
                                .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                                .build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(connect)
                        .setResponseTimeout(read)
                        .build())
                .addExecInterceptorFirst(
                        "answer guard",
                        new AnswerGuard(maxBodyBytes, source.readTimeout().multipliedBy(MOST_READ_TIMEOUTS), watch))
                .setContentDecoderRegistry(decoders())
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .setUserAgent("billing-export")
                .setDefaultHeaders(List.of(
                        new BasicHeader(HttpHeaders.CONTENT_TYPE, ContentType.APPLICATION_JSON.getMimeType()),
                        new BasicHeader(HttpHeaders.ACCEPT, ContentType.APPLICATION_JSON.getMimeType())))
                .build();
    }

    /**
     * Left to itself, HttpClient asks for all that commons-compress knows, and one answer in pack200 ends a run. The JDK's
     * own reader of gzip calls itself for every member of a file, until the stack ends.
     */
    private static LinkedHashMap<String, InputStreamFactory> decoders() {
        LinkedHashMap<String, InputStreamFactory> decoders = new LinkedHashMap<>();
        decoders.put(
                "gzip",
                body -> GzipCompressorInputStream.builder()
                        .setInputStream(body)
                        .setDecompressConcatenated(true)
                        .get());
        return decoders;
    }

    private static CustomizableThreadFactory daemons(String prefix) {
        CustomizableThreadFactory threads = new CustomizableThreadFactory(prefix);
        threads.setDaemon(true);
        return threads;
    }

    /** A request that has no headers of its own yet. */
    ClassicHttpRequest request(Method method, String route) {
        return new BasicClassicHttpRequest(method, server, path + route);
    }

    /** Makes it, once. */
    Answer answer(ClassicHttpRequest request) throws IOException {
        return http.execute(server, request, response -> {
            Header retryAfter = response.getFirstHeader(HttpHeaders.RETRY_AFTER);
            return new Answer(
                    response.getCode(),
                    retryAfter == null ? null : retryAfter.getValue(),
                    payloads.read(response.getEntity()));
        });
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
