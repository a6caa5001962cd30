package dev.billingexport.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.springframework.http.HttpHeaders;

/** The same header for ever: there is nothing to renew. */
final class BasicAuthentication implements Authentication {

    private final String authorization;

    BasicAuthentication(Credentials.Basic credentials, Redaction redaction) {
        String encoded = HttpHeaders.encodeBasicAuth(credentials.appId(), credentials.appKey(), UTF_8);
        redaction.hide(encoded);
        redaction.hide(credentials.appKey());
        authorization = "Basic " + encoded;
    }

    @Override
    public String authorization() {
        return authorization;
    }

    @Override
    public boolean renew(String refused) {
        return false;
    }
}
