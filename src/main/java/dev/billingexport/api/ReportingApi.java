package dev.billingexport.api;

import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** The vendor's routes. Every answer comes back, whatever its status: both error shapes are judged in one place. */
@HttpExchange
interface ReportingApi {

    @GetExchange("/sessions")
    ResponseEntity<Payload> sessions(
            @RequestHeader("Authorization") String authorization,
            @RequestHeader("X-App-Type") String appType,
            @RequestParam MultiValueMap<String, String> query);

    @GetExchange("/sessions/{session_id}/cdr")
    ResponseEntity<Payload> callDetails(
            @RequestHeader("Authorization") String authorization,
            @RequestHeader("X-App-Type") String appType,
            @PathVariable("session_id") String sessionId);

    @GetExchange("/sessions/{session_id}/recordings")
    ResponseEntity<Payload> recordings(
            @RequestHeader("Authorization") String authorization,
            @RequestHeader("X-App-Type") String appType,
            @PathVariable("session_id") String sessionId);

    @PostExchange("/login")
    ResponseEntity<Payload> login(@RequestHeader("X-Api-Id") String apiId, @RequestBody LoginRequest request);

    /** The body of a login. Spring's debug log prints it, hence without its secrets. */
    record LoginRequest(String email, String password) {

        @Override
        public String toString() {
            return "LoginRequest[]";
        }
    }
}
