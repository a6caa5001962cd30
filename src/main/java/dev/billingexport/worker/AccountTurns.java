package dev.billingexport.worker;

import dev.billingexport.api.SharedTurns;
import dev.billingexport.ledger.RequestTurns;
import org.jspecify.annotations.Nullable;

/** The turns of an account in the ledger's database. */
record AccountTurns(RequestTurns turns, String account) implements SharedTurns {

    @Override
    public Shared reserve(long accepted, long span, long slack, long ahead) {
        RequestTurns.Reservation reservation = turns.reserve(account, accepted, span, slack, ahead);
        return new Shared(reservation.at(), reservation.end(), reservation.accepted(), reservation.rate());
    }

    @Override
    public boolean replace(@Nullable String before, String after, long pausedUntil) {
        return turns.replaceRate(account, before, after, pausedUntil);
    }
}
