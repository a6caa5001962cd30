package dev.billingexport.ledger;

import dev.billingexport.session.CallDetail;
import dev.billingexport.session.Problem;
import dev.billingexport.session.Recording;
import dev.billingexport.session.Session;
import dev.billingexport.session.Usage;
import java.util.List;

/**
 * A session with the details that could be fetched. Sorts the details, so that the ledger holds the same rows in
 * whatever order the API sent them.
 *
 * @param problems the parts that could not be fetched; empty where the session is complete
 */
public record CollectedSession(
        Session session,
        List<CallDetail> callDetails,
        List<Recording> recordings,
        List<Problem> problems,
        Reading reading) {

    /** Sorts and copies the details. */
    public CollectedSession {
        callDetails = callDetails.stream().sorted(CallDetail.ORDER).toList();
        recordings = recordings.stream().sorted(Recording.ORDER).toList();
        problems = List.copyOf(problems);
    }

    Usage usage() {
        return Usage.of(session, callDetails, recordings);
    }
}
