package dev.billingexport.testing;

import dev.billingexport.sample.SampleRequest;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Decides the fate of requests by drawing lots that depend on the request and its try alone. Thread-safe. */
final class FaultPlan {

    /** How often a request was tried, and how many faults in a row it has met. */
    private record Tries(int count, int inARow, Fault fate) {}

    private static final Tries NEVER = new Tries(0, 0, null);

    private final Faults faults;
    private final Map<String, Tries> tries = new ConcurrentHashMap<>();

    FaultPlan(Faults faults) {
        this.faults = faults;
    }

    Faults faults() {
        return faults;
    }

    /** The fault that a request meets, or null. The line identifies the request. */
    Fault next(SampleRequest request, String line) {
        if (request.sessionId() != null) {
            Fault broken = faults.broken().get(new Faults.Detail(request.route(), request.sessionId()));
            if (broken != null) {
                return broken;
            }
        }
        if (faults.shares().isEmpty()) {
            return null;
        }
        Tries now = tries.merge(line, draw(line, NEVER), (before, first) -> draw(line, before));
        return now.fate();
    }

    private Tries draw(String line, Tries before) {
        Fault fate = null;
        if (before.inARow() < faults.inARow()) {
            double lot = new SplittableRandom(faults.seed() * 31 + line.hashCode() * 1_000_003L + before.count())
                    .nextDouble();
            for (Map.Entry<Fault, Double> share : new TreeMap<>(faults.shares()).entrySet()) {
                lot -= share.getValue();
                if (lot < 0) {
                    fate = share.getKey();
                    break;
                }
            }
        }
        return new Tries(before.count() + 1, fate == null ? 0 : before.inARow() + 1, fate);
    }
}
