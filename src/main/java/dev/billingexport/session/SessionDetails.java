package dev.billingexport.session;

import java.util.List;
import java.util.stream.Stream;

/**
 * A session with its figures and all that belongs to it.
 *
 * @param number its place among the sessions that are read, from 1
 * @param callDetails in {@link CallDetail#ORDER}
 * @param recordings in {@link Recording#ORDER}
 * @param callDetailsFetched false where its call details are a problem, so that nobody knows whether there are any
 */
public record SessionDetails(
        long number,
        Session session,
        Usage usage,
        List<CallDetail> callDetails,
        List<Recording> recordings,
        boolean callDetailsFetched) {

    /** One whose details were all fetched, with the figures that they add up to. */
    public static SessionDetails of(
            long number, Session session, List<CallDetail> callDetails, List<Recording> recordings) {
        return new SessionDetails(
                number, session, Usage.of(session, callDetails, recordings), callDetails, recordings, true);
    }

    /** The same at another place. */
    public SessionDetails numbered(long place) {
        return new SessionDetails(place, session, usage, callDetails, recordings, callDetailsFetched);
    }

    /** The session with its figures alone. */
    public SessionUsage sessionUsage() {
        return new SessionUsage(session, usage);
    }

    /** The call details, each a row. */
    public Stream<SessionCallDetail> callDetailRows() {
        return callDetails.stream().map(callDetail -> new SessionCallDetail(number, session, callDetail));
    }

    /** The recordings, each a row. */
    public Stream<SessionRecording> recordingRows() {
        return recordings.stream().map(recording -> new SessionRecording(number, session, recording));
    }
}
