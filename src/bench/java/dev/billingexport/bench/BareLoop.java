package dev.billingexport.bench;

import dev.billingexport.sample.SampleAccount;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/** What our HTTP client reaches against that server when it does nothing else: a thread for each request in flight. */
final class BareLoop {

    private BareLoop() {}

    static void run(ApiProcess api, int inFlight, long requests) throws Exception {
        String basic = Base64.getEncoder()
                .encodeToString((SampleAccount.APP_ID + ":" + SampleAccount.APP_KEY).getBytes(StandardCharsets.UTF_8));
        AtomicLong left = new AtomicLong(requests);
        ExecutorService threads = Executors.newFixedThreadPool(inFlight);
        try (CloseableHttpClient http = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setMaxConnTotal(inFlight)
                        .setMaxConnPerRoute(inFlight)
                        .build())
                .build()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < inFlight; i++) {
                all.add(threads.submit(() -> {
                    while (left.getAndDecrement() > 0) {
                        ask(http, api.baseUrl() + "/sessions/none/cdr", basic);
                    }
                    return null;
                }));
            }
            for (Future<?> each : all) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void ask(CloseableHttpClient http, String url, String basic) throws IOException {
        HttpGet request = new HttpGet(url);
        request.setHeader(HttpHeaders.AUTHORIZATION, "Basic " + basic);
        request.setHeader(HttpHeaders.CONTENT_TYPE, "application/json");
        request.setHeader("X-App-Type", "vc");
        http.execute(request, response -> EntityUtils.toByteArray(response.getEntity()));
    }
}
