package dev.billingexport.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

/** The HTTP beneath: connections and time-outs. It repeats, follows and remembers nothing on its own. */
final class Transport implements AutoCloseable {

    /** A page of a thousand sessions with the longest names ever seen is half of it. */
    static final long MAX_BODY_BYTES = 64L << 20;

    private static final int MOST_READ_TIMEOUTS = 10;

    private final ScheduledThreadPoolExecutor watch = new ScheduledThreadPoolExecutor(1, daemons("answer-guard-"));
    private final CloseableHttpClient http;
    private final ReportingApi api;

    Transport(SourceProperties source, long maxBodyBytes) {
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
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .setUserAgent("billing-export")
                .build();
        RestClient rest = RestClient.builder()
                .baseUrl(source.baseUrl())
                .requestFactory(new HttpComponentsClientHttpRequestFactory(http))
                .configureMessageConverters(converters -> converters
                        .addCustomConverter(new PayloadReader())
                        .addCustomConverter(new JacksonJsonHttpMessageConverter()))
                .defaultHeader(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON_VALUE)
                .defaultHeader(HttpHeaders.ACCEPT, MediaType.APPLICATION_JSON_VALUE)
                .defaultStatusHandler(status -> true, (request, response) -> {})
                .build();
        api = HttpServiceProxyFactory.builderFor(RestClientAdapter.create(rest))
                .build()
                .createClient(ReportingApi.class);
    }

    private static CustomizableThreadFactory daemons(String prefix) {
        CustomizableThreadFactory threads = new CustomizableThreadFactory(prefix);
        threads.setDaemon(true);
        return threads;
    }

    ReportingApi api() {
        return api;
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
