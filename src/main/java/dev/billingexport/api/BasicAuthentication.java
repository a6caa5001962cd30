package dev.billingexport.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;

/** HTTP Basic: the header never changes, so it can't be renewed. */
final class BasicAuthentication implements Authentication {

    private final String authorization;

    BasicAuthentication(Credentials.Basic credentials, Redaction redaction) {
        byte[] pair = (credentials.appId() + ":" + credentials.appKey()).getBytes(UTF_8);
        String encoded = Base64.getEncoder().encodeToString(pair);
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
