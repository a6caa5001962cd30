package dev.billingexport.report;

import dev.billingexport.session.CallDetail;
import dev.billingexport.session.Recording;
import dev.billingexport.session.Session;
import dev.billingexport.session.SessionCallDetail;
import dev.billingexport.session.SessionRecording;
import dev.billingexport.session.SessionUsage;
import dev.billingexport.session.Usage;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * A session with all that belongs to it.
 *
 * @param number its place among the period's sessions, from 1
 */
record SessionDetails(
        long number, Session session, Usage usage, List<CallDetail> callDetails, List<Recording> recordings) {

    /** The period's sessions in their order. One at a time is held, whatever their number. */
    static Stream<SessionDetails> of(ReportData data) {
        Followers<SessionCallDetail> callDetails = new Followers<>(data.callDetails(), SessionCallDetail::session);
        Followers<SessionRecording> recordings = new Followers<>(data.recordings(), SessionRecording::session);
        AtomicLong number = new AtomicLong();
        Stream<SessionUsage> sessions = data.sessions();
        return sessions.map(session -> new SessionDetails(
                        number.incrementAndGet(),
                        session.session(),
                        session.usage(),
                        callDetails
                                .of(session.session())
                                .map(SessionCallDetail::callDetail)
                                .toList(),
                        recordings
                                .of(session.session())
                                .map(SessionRecording::recording)
                                .toList()))
                .onClose(sessions::close)
                .onClose(callDetails::close)
                .onClose(recordings::close);
    }
}
