package dev.billingexport.ledger;

import dev.billingexport.session.CallDetail;
import dev.billingexport.session.Problem;
import dev.billingexport.session.Recording;
import dev.billingexport.session.Session;
import dev.billingexport.session.Usage;
import java.util.List;

/**
 * A session with what could be fetched of it. Details are put in their order here, so that the ledger holds the same
 * rows in whichever order the API sent them.
 *
 * @param problems what could not be fetched; empty where the session is complete
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
