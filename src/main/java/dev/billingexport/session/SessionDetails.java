package dev.billingexport.session;

import java.util.List;
import java.util.stream.Stream;

/**
 * A session with its figures, call details and recordings.
 *
 * @param number position of the session among those that are read, from 1
 * @param callDetails in {@link CallDetail#ORDER}
 * @param recordings in {@link Recording#ORDER}
 * @param callDetailsFetched false where fetching the call details failed, so that it is unknown whether there are any
 */
public record SessionDetails(
        long number,
        Session session,
        Usage usage,
        List<CallDetail> callDetails,
        List<Recording> recordings,
        boolean callDetailsFetched) {

    /** Returns a session whose details were all fetched, with the figures computed from them. */
    public static SessionDetails of(
            long number, Session session, List<CallDetail> callDetails, List<Recording> recordings) {
        return new SessionDetails(
                number, session, Usage.of(session, callDetails, recordings), callDetails, recordings, true);
    }

    /** Returns the same session with another number. */
    public SessionDetails numbered(long place) {
        return new SessionDetails(place, session, usage, callDetails, recordings, callDetailsFetched);
    }

    /** Returns the session with its figures only. */
    public SessionUsage sessionUsage() {
        return new SessionUsage(session, usage);
    }

    /** Returns a row for each call detail. */
    public Stream<SessionCallDetail> callDetailRows() {
        return callDetails.stream().map(callDetail -> new SessionCallDetail(number, session, callDetail));
    }

    /** Returns a row for each recording. */
    public Stream<SessionRecording> recordingRows() {
        return recordings.stream().map(recording -> new SessionRecording(number, session, recording));
    }
}
